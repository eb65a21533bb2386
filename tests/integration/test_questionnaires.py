"""An XLSForm from elsewhere works as an instrument: begun, filled in page by page, finished, read again."""

import json

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.core.xlsform import read as bring
from r2com.drafts.models import Draft
from r2com.instruments import actions as instruments
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.questionnaires import actions, paper, reading
from r2com.questionnaires.models import Finish, Questionnaire
from tests.unit.question_sample import arrival, arrival_in_portuguese, question
from tests.unit.sheets import KOBO, workbook


def publish(definition, now, languages=None):
    return instruments.publish(definition, languages or {}, by=None, at=now)


@pytest.fixture
def form(now):
    """A form of ours, in two languages, for everybody who sees the case."""
    return publish(arrival(sensitive=False), now, {"pt": arrival_in_portuguese()})


@pytest.fixture
def told(case, practitioner, now):
    """What is kept and why was explained."""
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    return people.give_notice(case.person, notice, how="read", proof="signed", by=practitioner, at=now)


@pytest.fixture
def begun(case, form, practitioner, now):
    return actions.begin(case, published=form, by=practitioner, at=now)


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)
    return mentor


def page(questionnaire, number=1):
    return reverse("questionnaire_page", args=[questionnaire.pk, number])


def sent(client, questionnaire, number=1, go="next", **answers):
    """Send a page as its form would."""
    shown = client.get(page(questionnaire, number)).context["form"]
    fields = {"base": shown.initial["base"], "go": go}
    fields |= {f"a/{name.replace('__', '/')}": value for name, value in answers.items()}
    return client.post(page(questionnaire, number), fields)


def kept(questionnaire):
    return Questionnaire.objects.get(pk=questionnaire.pk).answers


def keep(questionnaire, by, at, answers):
    """Keep answers as if all stood on one page."""
    current = Questionnaire.objects.get(pk=questionnaire.pk)
    names = {*answers, *current.answers}
    whole = {**current.answers, **answers}
    return actions.keep(
        current, names=names, answers=whole, base=current.mark(names), position=1, by=by, at=at
    )


def test_a_form_from_kobo_is_begun_filled_in_finished_and_read(sign_in, case, told, practitioner, now):
    brought = bring(workbook(**KOBO), "intake.xlsx")
    published = publish(brought.definition, now, brought.languages)
    client = sign_in(practitioner)

    client.post(reverse("questionnaires", args=[case.reference]), {"instrument": published.instrument})
    begun = Questionnaire.objects.get()
    sent(client, begun, 1, called="Milo", age="30")
    sent(client, begun, 2, has_home="yes")
    sent(
        client,
        begun,
        2,
        has_home="yes",
        where="At my uncle’s",
        papers=["passport", "other"],
        papers_other="A letter",
    )
    sent(client, begun, 3, go="more:a/children")
    sent(client, begun, 3, children__0__child="Bo", children__0__born="2020-02-03")
    client.post(reverse("finish_questionnaire", args=[begun.pk]))

    shown = client.get(begun.get_absolute_url()).content.decode()
    assert Finish.objects.filter(questionnaire=begun).exists()
    assert kept(begun) == {
        "called": "Milo",
        "age": 30,
        "has_home": "yes",
        "where": "At my uncle’s",
        "papers": ["passport", "other"],
        "papers_other": "A letter",
        "children": [{"child": "Bo", "born": "2020-02-03"}],
    }
    assert "Where, Milo?" in shown
    assert "Passport; A letter" in shown


def test_it_is_asked_in_the_readers_language(sign_in, begun, practitioner):
    practitioner.language = "pt"
    practitioner.save()

    assert (
        "Como se chama?"
        in sign_in(practitioner).get(page(begun), headers={"accept-language": "pt"}).content.decode()
    )


def test_it_goes_on_exactly_where_it_stopped(sign_in, begun, practitioner):
    client = sign_in(practitioner)

    answer = sent(client, begun, 1, called="Milo")

    assert answer.url == page(begun, 2)
    assert page(begun, 2) in client.get(begun.get_absolute_url()).content.decode()


def test_a_title_may_speak_of_an_answer(sign_in, case, practitioner, now):
    groups = [
        {"id": "home", "title": "Where ${called} lives"},
        {"id": "again", "title": "Where ${called} lives"},
    ]
    asked = [question("called"), question("where", group="home"), question("since", group="again")]
    form = publish(arrival(sensitive=False, groups=groups, choices={}, questions=asked), now)
    begun = actions.begin(case, published=form, by=practitioner, at=now)
    client = sign_in(practitioner)

    sent(client, begun, 1, called="Milo")

    assert "<h1>Where Milo lives</h1>" in client.get(page(begun, 2)).content.decode()
    titles = [section["title"] for section in client.get(begun.get_absolute_url()).context["sections"]]
    assert titles == ["Page 1", "Where Milo lives", "Where Milo lives, Page 3"]


def test_it_can_be_kept_and_left(sign_in, begun, practitioner):
    answer = sent(sign_in(practitioner), begun, 1, go="keep", called="Milo")

    assert answer.url == begun.get_absolute_url()
    assert kept(begun)["called"] == "Milo"


def test_an_answer_that_opens_a_list_shows_the_page_again(sign_in, begun, practitioner):
    client = sign_in(practitioner)

    answer = sent(client, begun, 2, has_home="no", land="pt")

    assert answer.url == page(begun, 2) + "#field-a/place"
    assert [word for _, word in client.get(answer.url).context["form"].fields["a/place"].choices][1:] == [
        "Porto"
    ]
    assert sent(client, begun, 2, has_home="no", land="pt", place="").url == page(begun, 4)


def test_what_opens_is_asked_beside_what_is_still_to_be_mended(sign_in, begun, practitioner):
    answer = sent(sign_in(practitioner), begun, 2, has_home="yes", land="pt", papers="spaceship")

    form = answer.context["form"]
    assert list(form.errors) == ["a/papers"]
    assert "a/where" in form.fields
    assert "Porto" in [word for _, word in form.fields["a/place"].choices]
    assert form["a/land"].value() == "pt"


def test_an_answer_that_brings_up_more_shows_the_page_again(sign_in, begun, practitioner):
    client = sign_in(practitioner)

    answer = sent(client, begun, 2, has_home="yes")

    assert answer.url == f"{page(begun, 2)}#field-a/where"
    assert "a/where" in client.get(page(begun, 2)).context["form"].fields


def test_a_page_on_which_nothing_is_asked_is_passed_over(sign_in, begun, practitioner):
    client = sign_in(practitioner)
    sent(client, begun, 1, age="14")

    answer = sent(client, begun, 2, has_home="no")

    assert answer.url == page(begun, 4)
    assert sent(client, begun, 4, go="back").url == page(begun, 2)


def test_what_fits_is_kept_and_what_does_not_is_said_beside_it(sign_in, begun, practitioner):
    answer = sent(sign_in(practitioner), begun, 1, called="Milo", age="3", born="tomorrow")

    shown = answer.content.decode()
    assert "Between 12 and 120." in shown
    assert "such as 2026-11-27" in shown
    assert 'value="tomorrow"' in shown
    assert kept(begun)["called"] == "Milo"
    assert "age" not in kept(begun)


def test_what_did_not_fit_can_be_put_right_at_once(sign_in, begun, practitioner):
    client = sign_in(practitioner)
    answer = sent(client, begun, 1, called="Milo", age="3")
    base = answer.context["form"].data["base"]

    client.post(page(begun), {"base": base, "go": "next", "a/called": "Milo", "a/age": "33"})

    assert kept(begun)["age"] == 33


def test_an_answer_can_be_emptied(sign_in, begun, practitioner):
    client = sign_in(practitioner)
    sent(client, begun, 1, called="Milo", age="30")

    sent(client, begun, 1, called="Milo", age="")

    assert "age" not in kept(begun)


def test_a_group_is_answered_several_times_and_one_taken_away(sign_in, begun, practitioner):
    client = sign_in(practitioner)
    sent(client, begun, 1, age="30")
    sent(client, begun, 3, go="more:a/children")
    sent(client, begun, 3, go="more:a/children", children__0__child_name="Bo", children__0__child_age="7")
    sent(client, begun, 3, children__0__school_name="Hill", children__1__child_name="Ada")

    sent(client, begun, 3, go="less:a/children:0", children__1__child_name="Ada")

    assert kept(begun)["children"] == [{"child_name": "Ada"}]


@pytest.mark.parametrize(
    "go", ["more:a/nothing", "less:a/children:7", "less:a/children:x", "more:", "sideways"]
)
def test_a_strange_button_changes_nothing(sign_in, begun, practitioner, go):
    client = sign_in(practitioner)
    sent(client, begun, 1, age="30")
    before = kept(begun)

    assert sent(client, begun, 3, go=go).status_code == 302
    assert kept(begun) == before


def test_what_another_window_kept_is_shown_and_not_overwritten(sign_in, begun, practitioner, now):
    client = sign_in(practitioner)
    base = client.get(page(begun)).context["form"].initial["base"]
    keep(begun, practitioner, now, {"called": "Milo F."})

    answer = client.post(page(begun), {"base": base, "go": "next", "a/called": "Mr Fernweh"})

    shown = answer.content.decode()
    assert kept(begun)["called"] == "Milo F."
    assert "Milo F." in shown
    assert "Mr Fernweh" in shown


def test_two_windows_on_two_pages_do_not_meet(begun, practitioner, now):
    base = begun.mark({"has_home"})
    keep(begun, practitioner, now, {"called": "Milo"})

    actions.keep(
        begun, names={"has_home"}, answers={"has_home": "no"}, base=base, position=2, by=practitioner, at=now
    )

    assert kept(begun)["called"] == "Milo"


def test_the_same_page_kept_twice_is_noticed(begun, practitioner, now):
    names, base = {"called"}, begun.mark({"called"})
    given = {"names": names, "base": base, "position": 1, "by": practitioner, "at": now}
    actions.keep(begun, answers={"called": "Milo"}, **given)

    with pytest.raises(Changed):
        actions.keep(begun, answers={"called": "Otto"}, **given)

    actions.keep(begun, answers={"called": "Milo"}, **given)


def test_what_is_typed_is_remembered_before_it_is_kept(sign_in, begun, case, practitioner, now):
    client = sign_in(practitioner)
    memory = client.get(page(begun)).context["memory"]
    client.post(
        memory.address,
        json.dumps({"fields": {"a/called": ["Mil"]}, "version": 0}),
        content_type="application/json",
    )

    assert 'value="Mil"' in client.get(page(begun)).content.decode()
    assert Draft.objects.get().case == case.pk


def test_in_the_end_what_is_missing_is_named_with_its_page(sign_in, begun, practitioner):
    answer = sign_in(practitioner).post(reverse("finish_questionnaire", args=[begun.pk]))

    shown = answer.content.decode()
    assert "We need something to call you." in shown
    assert f"{page(begun, 2)}#field-a/has_home" in shown
    assert not Finish.objects.exists()


def test_finishing_keeps_only_what_was_asked(begun, practitioner, now):
    keep(
        begun,
        practitioner,
        now,
        {"called": "Milo", "has_home": "no", "where": "Somewhere", "since": "2026-01-01"},
    )

    actions.finish(begun, by=practitioner, at=now)

    assert kept(begun) == {"called": "Milo", "has_home": "no"}


@pytest.fixture
def finished(begun, practitioner, now):
    keep(begun, practitioner, now, {"called": "Milo", "has_home": "no", "since": None})
    actions.finish(begun, by=practitioner, at=now)
    return begun


def test_what_is_finished_is_read_only(sign_in, finished, practitioner, now):
    client = sign_in(practitioner)

    assert client.get(page(finished)).url == finished.get_absolute_url()
    with pytest.raises(Refused):
        keep(finished, practitioner, now, {"called": "Otto"})
    with pytest.raises(Refused):
        actions.finish(finished, by=practitioner, at=now)
    assert client.post(page(finished), {"a/called": "Otto"}).status_code == 200
    assert kept(finished)["called"] == "Milo"


def test_it_stays_with_its_version_for_ever(sign_in, begun, practitioner, now):
    publish(arrival(version="2", sensitive=False, questions=[question("anew")], choices={}, groups=[]), now)

    shown = sign_in(practitioner).get(page(begun)).content.decode()

    assert "What about called?" in shown
    assert "anew" not in shown


def test_new_ones_begin_with_the_newest_version(sign_in, case, form, practitioner, now):
    second = publish(arrival(version="2", sensitive=False), now)

    offers = sign_in(practitioner).get(reverse("questionnaires", args=[case.reference])).context["offers"]

    assert [published.pk for published, _guide in offers] == [second.pk]


def test_answers_are_sealed(begun, practitioner, now):
    keep(begun, practitioner, now, {"called": "Milo Fernweh"})

    stored = Questionnaire.objects.filter(pk=begun.pk).values_list("answers", flat=True).get()

    assert b"Fernweh" not in bytes(stored)


def test_the_trail_knows_what_was_done_and_no_answer(finished, practitioner, now):
    actions.printed(finished, by=practitioner, at=now)

    events = Event.objects.filter(name__startswith="questionnaire.").order_by("pk")

    assert {event.name.split(".")[1] for event in events} == {"begun", "kept", "finished", "printed"}
    assert "Milo" not in json.dumps([event.facts for event in events])


def test_it_can_be_printed_with_the_instruments_name_and_what_it_is_not(sign_in, finished, practitioner, now):
    answer = sign_in(practitioner).get(reverse("questionnaire_pdf", args=[finished.pk]))

    said = paper.words(Questionnaire.objects.whole().get(), {}, by=practitioner, at=now)
    assert answer.content.startswith(b"%PDF")
    assert (said["title"], said["instrument"]["disclaimer"]) == ("Arrival", "It does not predict.")
    assert Event.objects.filter(name="questionnaire.printed").count() == 1


def test_it_can_be_taken_along_as_fhir_without_a_name(finished, now):
    _, answered = reading.fhir(Questionnaire.objects.whole().get(), at=now)

    assert answered["status"] == "completed"
    assert answered["subject"]["identifier"] == {"value": finished.case.reference}
    assert "Fernweh" not in json.dumps(answered)


# Who may


def test_a_stranger_finds_nothing(sign_in, begun, stranger):
    client = sign_in(stranger)

    for name in ("questionnaire", "finish_questionnaire", "questionnaire_pdf"):
        address = reverse(name, args=[begun.pk])
        answer = client.post(address) if name.startswith("finish") else client.get(address)
        assert answer.status_code == 404
    assert client.get(page(begun)).status_code == 404
    assert client.get(reverse("questionnaires", args=[begun.case.reference])).status_code == 404


def test_a_colleague_outside_the_case_finds_nothing(sign_in, begun, colleague):
    assert sign_in(colleague).get(begun.get_absolute_url()).status_code == 404


def test_a_mentor_reads_and_does_not_write(sign_in, begun, friend, now):
    client = sign_in(friend)

    assert client.get(begun.get_absolute_url()).status_code == 200
    assert client.get(page(begun)).status_code == 404
    assert client.post(reverse("finish_questionnaire", args=[begun.pk])).status_code == 404
    with pytest.raises(Refused):
        keep(begun, friend, now, {"called": "Otto"})


def test_a_sensitive_one_is_for_those_who_read_sensitive_items(
    sign_in, case, told, friend, supervisor, practitioner, now
):
    hidden = actions.begin(case, published=publish(arrival(), now), by=practitioner, at=now)

    assert sign_in(supervisor).get(hidden.get_absolute_url()).status_code == 200
    client = sign_in(friend)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert "Arrival" not in client.get(reverse("questionnaires", args=[case.reference])).content.decode()


def test_a_sensitive_one_comes_after_the_explanation(sign_in, case, practitioner, now):
    published = publish(arrival(), now)
    client = sign_in(practitioner)

    answer = client.post(
        reverse("questionnaires", args=[case.reference]), {"instrument": published.instrument}, follow=True
    )

    assert "Explain first" in answer.content.decode()
    assert not Questionnaire.objects.exists()


def test_a_kind_of_data_without_a_basis_is_not_asked_for(case, told, practitioner, now):
    asks = arrival(special_category=["criminal_allegation"], categories={"criminal_allegation": "Allegation"})

    with pytest.raises(Refused, match="lawful basis"):
        actions.begin(case, published=publish(asks, now), by=practitioner, at=now)


def test_a_supervisor_reads_and_begins_nothing(sign_in, case, begun, form, supervisor, now):
    client = sign_in(supervisor)

    assert client.get(reverse("questionnaires", args=[case.reference])).context["offers"] == []
    answer = client.post(reverse("questionnaires", args=[case.reference]), {"instrument": form.instrument})
    assert answer.status_code == 404
    with pytest.raises(Refused):
        actions.begin(case, published=form, by=supervisor, at=now)


def test_a_guide_without_questions_is_not_offered(sign_in, case, published, practitioner, now):
    client = sign_in(practitioner)

    answer = client.post(
        reverse("questionnaires", args=[case.reference]), {"instrument": published.instrument}
    )

    assert answer.status_code == 404
    with pytest.raises(Refused):
        actions.begin(case, published=published, by=practitioner, at=now)


@pytest.mark.parametrize("number", [0, 5, 10**12])
def test_a_page_that_is_not_there_is_not_found(sign_in, begun, practitioner, number):
    assert sign_in(practitioner).get(page(begun, number)).status_code == 404


# Our own practice


@pytest.fixture
def helicopter(now):
    return publish(arrival(**{"for": "organisation", "instrument": "practice", "sensitive": False}), now)


def test_an_organisation_looks_at_its_own_practice(sign_in, helicopter, supervisor, administrator):
    client = sign_in(supervisor)
    client.post(reverse("practice"), {"instrument": helicopter.instrument})
    begun = Questionnaire.objects.get()

    sent(client, begun, 1, called="Together")

    client = sign_in(administrator)
    assert begun.case is None
    assert "Together" in client.get(begun.get_absolute_url()).content.decode()
    assert "Arrival" in client.get(reverse("practice")).content.decode()
    assert client.get(reverse("questionnaire_pdf", args=[begun.pk])).content.startswith(b"%PDF")


def test_practice_is_not_for_case_workers_mentors_and_strangers(
    sign_in, helicopter, supervisor, practitioner, mentor, stranger, organisation, now
):
    begun = actions.look_at_practice(organisation, published=helicopter, by=supervisor, at=now)

    for user in (practitioner, mentor, stranger):
        client = sign_in(user)
        assert client.get(reverse("practice")).status_code == 404
        assert client.get(begun.get_absolute_url()).status_code == 404
        with pytest.raises(Refused):
            actions.look_at_practice(organisation, published=helicopter, by=user, at=now)
        with pytest.raises(Refused):
            actions.finish(begun, by=user, at=now)


def test_practice_is_no_questionnaire_about_a_person(
    sign_in, case, helicopter, form, practitioner, supervisor, now
):
    offers = sign_in(practitioner).get(reverse("questionnaires", args=[case.reference])).context["offers"]

    assert [published.pk for published, _guide in offers] == [form.pk]
    with pytest.raises(Refused):
        actions.begin(case, published=helicopter, by=practitioner, at=now)
    with pytest.raises(Refused):
        actions.look_at_practice(case.organisation, published=form, by=supervisor, at=now)


def test_nothing_to_begin_is_said_kindly(sign_in, case, practitioner, supervisor):
    assert (
        "bring a form"
        in sign_in(practitioner).get(reverse("questionnaires", args=[case.reference])).content.decode()
    )
    assert "bring a form" in sign_in(supervisor).get(reverse("practice")).content.decode()


def test_a_form_for_the_person_alone_says_so(sign_in, case, practitioner, now):
    alone = publish(arrival(**{"for": "person-alone", "sensitive": False}), now)
    begun = actions.begin(case, published=alone, by=practitioner, at=now)

    assert "to answer alone" in sign_in(practitioner).get(page(begun)).content.decode()


# How much is asked of the database


def test_the_list_asks_the_same_with_one_and_fifty(sign_in, case, form, practitioner, now, count_queries):
    client = sign_in(practitioner)
    address = reverse("questionnaires", args=[case.reference])

    def asked(many):
        for _ in range(many):
            actions.begin(case, published=form, by=practitioner, at=now)
        client.get(address)
        with count_queries() as counted:
            client.get(address)
        return counted.asked

    one, fifty = asked(1), asked(49)
    assert len(one) == len(fifty)
    assert len(fifty) <= 6, fifty


def test_a_page_asks_little(sign_in, begun, practitioner, count_queries):
    client = sign_in(practitioner)
    client.get(page(begun))

    with count_queries() as counted:
        client.get(page(begun))

    assert len(counted.asked) <= 12, counted.asked
