"""The profile: what was changed is kept, and when two people write at once nothing is lost."""

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.people import actions
from r2com.people.models import Person
from r2com.people.search import known


@pytest.fixture
def page(case):
    return reverse("profile", args=[case.reference])


@pytest.fixture
def typed():
    """Milo's profile as the browser sends it, untouched."""
    return {"base": 1, "name": "Milo Fernweh", "born": "1990-04-12", "language": "en"}


def says(response, *sentences):
    text = response.content.decode()
    return [sentence for sentence in sentences if sentence not in text] == []


def milo():
    return Person.objects.get()


def test_what_matters_is_kept_and_only_what_changed_is_on_the_trail(sign_in, practitioner, case, page, typed):
    answer = sign_in(practitioner).post(page, {**typed, "matters": "My own door.\r\nMy sister’s boy."})

    assert answer.url == case.get_absolute_url()
    assert milo().matters == "My own door.\nMy sister’s boy."
    assert Event.objects.get(name="person.corrected").facts == {"fields": ["matters"]}


def test_a_name_is_needed_and_nothing_typed_is_lost(sign_in, practitioner, page, typed):
    answer = sign_in(practitioner).post(page, {**typed, "name": "", "works": "Ring first."})

    assert says(answer, "Fill in “Name”.", "Ring first.")
    assert milo().version == 1


def test_a_new_name_is_found_and_the_old_one_no_more(sign_in, practitioner, case, page, typed):
    sign_in(practitioner).post(page, {**typed, "name": "Anselm Varga", "other_names": "Mirko Testov"})

    def found(name):
        return known(case.organisation, name, None, to=practitioner)

    assert found("Anselm Varga") == found("Mirko Testov") == [milo()]
    assert found("Milo Fernweh") == []


@pytest.fixture
def meanwhile(person, practitioner, now):
    """Somebody else wrote while this page was open."""
    return actions.correct(person, base=1, matters="A job by spring.", phone="0100", by=practitioner, at=now)


def test_two_versions_are_both_shown_and_nothing_is_overwritten(
    sign_in, practitioner, page, typed, meanwhile
):
    answer = sign_in(practitioner).post(page, {**typed, "matters": "My own door."})

    assert says(
        answer, "My own door.", "A job by spring.", "0100", 'name="keep_matters"', 'name="keep_phone"'
    )
    assert not says(answer, 'name="keep_name"')
    assert (milo().matters, milo().version) == ("A job by spring.", 2)


@pytest.mark.parametrize(
    ("way", "kept"),
    [
        ("mine", "My own door."),
        ("theirs", "A job by spring."),
        ("both", "A job by spring.\n\nMy own door."),
    ],
)
def test_somebody_chooses_field_by_field(sign_in, practitioner, page, typed, meanwhile, way, kept):
    chosen = {**typed, "matters": "My own door.", "seen": 2, "keep_matters": way, "keep_phone": "theirs"}

    sign_in(practitioner).post(page, chosen)

    assert (milo().matters, milo().phone) == (kept, "0100")


def test_a_field_that_was_not_decided_is_asked_about_again(sign_in, practitioner, page, typed, meanwhile):
    answer = sign_in(practitioner).post(
        page, {**typed, "matters": "My own door.", "seen": 2, "keep_matters": "mine"}
    )

    assert says(answer, "Choose which one to keep: Phone.", "My own door.")
    assert milo().version == 2


def test_a_third_version_is_shown_too(sign_in, practitioner, page, typed, meanwhile, now):
    actions.correct(milo(), base=2, matters="Quiet evenings.", by=practitioner, at=now)
    chosen = {**typed, "matters": "My own door.", "seen": 2, "keep_matters": "mine", "keep_phone": "theirs"}

    answer = sign_in(practitioner).post(page, chosen)

    assert says(answer, "My own door.", "Quiet evenings.", 'name="seen" value="3"')
    assert milo().matters == "Quiet evenings."


def test_a_draft_remembers_on_which_version_it_was_written(sign_in, practitioner, page, typed, person, now):
    client = sign_in(practitioner)
    shown = client.get(page)
    words = {
        "fields": {**{name: [str(value)] for name, value in typed.items()}, "matters": ["My own door."]},
        "version": 0,
    }
    client.post(shown.context["memory"].address, words, content_type="application/json")
    actions.correct(person, base=1, matters="A job by spring.", by=practitioner, at=now)

    form = client.get(page).context["form"]

    assert (form["base"].value(), form["matters"].value()) == ("1", "My own door.")
