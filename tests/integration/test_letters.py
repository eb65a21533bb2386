"""Letters: templates that the agency words, and what is written from them."""

import subprocess

import pytest
from django.urls import reverse
from django.utils import translation

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.documents import actions, letter_paper, placeholders
from r2com.documents.models import Finish, Letter, LetterTemplate

WORDS = {"to": "Housing office\nTown hall", "subject": "A room", "words": "Dear all\n\nWe ask.\nThank you."}


@pytest.fixture
def seeded(organisation, now):
    actions.seed_letters(organisation, by=None, at=now)


@pytest.fixture
def template(organisation, now):
    given = {
        "name": "Short",
        "subject": "About {name}",
        "text": "Today, {date}: {called}, {worker}, {house}.",
    }
    return actions.add_template(organisation, language="en", **given, by=None, at=now)


@pytest.fixture
def letter(case, practitioner, now):
    return actions.begin_letter(case, template=None, language="en", by=practitioner, at=now)


@pytest.fixture
def finished(letter, practitioner, now):
    return actions.finish_letter(letter, base=1, **WORDS, by=practitioner, at=now)


# Templates


def test_every_language_begins_with_four_templates(seeded, organisation):
    rows = LetterTemplate.objects.filter(organisation=organisation)

    assert {code: rows.filter(language=code).count() for code in ("en", "pt")} == {"en": 4, "pt": 4}


def test_what_comes_with_the_software_says_nothing_about_prison(seeded):
    said = " ".join(f"{one.name} {one.subject} {one.text}" for one in LetterTemplate.objects.all()).lower()

    assert not any(
        word in said for word in ("prison", "release", "offen", "pris", "recl", "crim", "programme")
    )


@pytest.mark.parametrize("text", ["Dear {nmae}", "{}", "{ name }", "{case.person}", "{name!r}"])
def test_a_placeholder_that_is_not_on_the_list_is_refused(organisation, administrator, now, text):
    with pytest.raises(Refused, match="Nothing can be put in for"):
        actions.add_template(
            organisation, language="en", name="x", subject="y", text=text, by=administrator, at=now
        )

    assert not LetterTemplate.objects.exists()


def test_every_placeholder_has_a_value(case, practitioner, now):
    assert set(placeholders.values(case, "en", by=practitioner, at=now)) == set(placeholders.KNOWN)


def test_an_administrator_words_a_template_anew_and_the_old_one_is_kept(sign_in, administrator, template):
    client = sign_in(administrator)
    sent = {"name": "Short", "subject": "About {name}", "text": "Other words"}

    client.post(reverse("letter_template", args=[template.pk]), sent)

    template.refresh_from_db()
    assert template.ends is not None
    assert LetterTemplate.objects.get(ends=None).text == "Other words"
    page = client.get(reverse("letter_templates")).content.decode()
    assert "No longer offered" in page


def test_an_unknown_placeholder_is_said_on_the_page_and_no_word_is_lost(sign_in, administrator, template):
    sent = {"name": "Short", "subject": "About {nmae}", "text": "Other words"}

    page = sign_in(administrator).post(reverse("letter_template", args=[template.pk]), sent).content.decode()

    assert "Nothing can be put in for {nmae}." in page
    assert "Other words" in page
    assert LetterTemplate.objects.count() == 1


def test_a_template_is_added_and_offered_no_more(sign_in, administrator):
    client = sign_in(administrator)

    client.post(
        reverse("add_letter_template", args=["pt"]), {"name": "Carta", "subject": "A", "text": "B {name}"}
    )
    added = LetterTemplate.objects.get()
    client.post(reverse("retire_letter_template", args=[added.pk]))

    added.refresh_from_db()
    assert (added.language, added.ends is None) == ("pt", False)
    assert client.get(reverse("add_letter_template", args=["xx"])).status_code == 404


def test_a_template_that_somebody_changed_is_not_changed_once_more(template, administrator, now):
    actions.retire_template(template, by=administrator, at=now)

    with pytest.raises(Changed):
        actions.retire_template(template, by=administrator, at=now)


def test_only_who_sets_up_the_agency_words_templates(sign_in, practitioner, template):
    client = sign_in(practitioner)

    assert client.get(reverse("letter_templates")).status_code == 404
    assert client.post(reverse("retire_letter_template", args=[template.pk])).status_code == 404


def test_templates_of_another_agency_are_not_there(sign_in, stranger, case, template, practitioner):
    client = sign_in(practitioner)
    LetterTemplate.objects.update(organisation=stranger.memberships.get().organisation)

    answer = client.post(reverse("letters", args=[case.reference]), {"template": template.pk})

    assert answer.status_code == 404
    assert not Letter.objects.exists()


def test_a_letter_may_begin_with_an_empty_sheet(sign_in, practitioner, case):
    sign_in(practitioner).post(reverse("letters", args=[case.reference]))

    assert Letter.objects.get().words == ""


# Writing


def test_a_letter_begins_with_the_template_filled_in(case, template, practitioner, now):
    begun = actions.begin_letter(case, template=template, by=practitioner, at=now)

    assert begun.subject == "About Milo Fernweh"
    assert "Milo, Ines Lindqvarn, Lantern." in begun.words
    assert "{" not in begun.words


def test_a_number_that_nobody_wrote_down_is_dots_to_fill_in(case, practitioner, now):
    said = placeholders.values(case, "en", by=practitioner, at=now)

    assert not case.organisation.phone
    assert placeholders.filled("Ring us: {phone}.", said) == "Ring us: ……."


def test_what_a_name_holds_is_not_filled_once_more(case, practitioner, now):
    said = placeholders.values(case, "en", by=practitioner, at=now) | {"name": "{phone}"}

    assert placeholders.filled("Dear {name}", said) == "Dear {phone}"


def test_a_letter_goes_the_whole_way_on_the_pages(sign_in, practitioner, case, template, tmp_path):
    client = sign_in(practitioner)

    offered = client.get(reverse("letters", args=[case.reference])).content.decode()
    begun = client.post(reverse("letters", args=[case.reference]), {"template": template.pk})
    page = client.get(begun.url).content.decode()
    client.post(begun.url, {"base": 1, "go": "keep", **WORDS, "subject": "Half"})
    client.post(begun.url, {"base": 2, "go": "finish", **WORDS})
    read = client.get(begun.url).content.decode()
    paper = client.get(reverse("letter_pdf", args=[Letter.objects.get().pk]))

    path = tmp_path / "letter.pdf"
    path.write_bytes(paper.content)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Short" in offered
    assert "About Milo Fernweh" in page
    assert "data-autosave" in page
    assert "It is kept as it is." in read
    assert "A room" in text
    assert "Lantern" in text
    assert "Association" not in text
    assert "DRAFT" not in text
    assert Event.objects.filter(name="letter.printed").exists()
    assert "A room" in client.get(reverse("documents", args=[case.reference])).content.decode()


def test_a_letter_that_is_not_finished_prints_as_a_draft(letter, now):
    assert letter_paper.words(letter, at=now)["draft"]
    assert letter_paper.printed(letter, at=now).startswith(b"%PDF")


def test_a_letter_in_portuguese_prints_its_day_in_portuguese(case, practitioner, now):
    letter = actions.begin_letter(case, template=None, language="pt", by=practitioner, at=now)

    with translation.override("en"):
        said = letter_paper.words(letter, at=now)

    assert said["words"]["paper"] == "Carta"
    assert " de " in said["day"]


def test_a_finished_letter_is_kept_and_changed_in_a_new_version(sign_in, finished, practitioner, now):
    with pytest.raises(Refused):
        actions.change_letter(finished, base=2, subject="x", by=practitioner, at=now)
    client = sign_in(practitioner)

    new = client.post(reverse("next_letter", args=[finished.pk]))
    again = client.post(reverse("next_letter", args=[finished.pk]))
    client.post(new.url, {"base": 1, "go": "finish", **WORDS, "subject": "Another room"})
    old_page = client.get(finished.get_absolute_url()).content.decode()
    new_page = client.get(new.url).content.decode()

    assert new.url == again.url
    assert Letter.objects.get(pk=finished.pk).subject == "A room"
    assert Letter.objects.get(follows=finished).subject == "Another room"
    assert "There is a newer version." in old_page
    assert "Version 2, finished by" in new_page


def test_an_empty_letter_cannot_be_finished(letter, practitioner, now):
    with pytest.raises(Refused, match="before you finish it"):
        actions.finish_letter(letter, base=1, to="", subject=" ", words="", by=practitioner, at=now)

    assert not Finish.objects.exists()


@pytest.mark.parametrize("gap", [{"words": "From …… to ……."}, {"subject": "About ……"}])
def test_a_letter_with_dots_still_in_it_cannot_be_finished(letter, practitioner, now, gap):
    with pytest.raises(Refused, match="dots"):
        actions.finish_letter(letter, base=1, **(WORDS | gap), by=practitioner, at=now)

    assert not Finish.objects.exists()


def test_two_versions_are_both_shown(sign_in, practitioner, letter, now):
    actions.change_letter(letter, base=1, **WORDS, by=practitioner, at=now)

    page = sign_in(practitioner).post(
        letter.get_absolute_url(), {"base": 1, "go": "keep", **WORDS, "subject": "Mine"}
    )

    said = page.content.decode()
    assert "This was changed in two places" in said
    assert "Mine" in said
    assert "A room" in said
    assert 'name="base" value="2"' in said


def test_letters_are_sealed_and_the_trail_has_none_of_their_words(finished):
    raw = Letter.objects.get(pk=finished.pk).__dict__["words"]

    assert b"Dear all" not in bytes(raw)
    assert "Dear all" not in str([*Event.objects.values()])


def test_a_mentor_reads_a_letter_and_neither_writes_nor_prints(
    sign_in, mentor, case, letter, finished, practitioner, now
):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)
    client = sign_in(mentor)

    assert "We ask." in client.get(finished.get_absolute_url()).content.decode()
    assert client.post(finished.get_absolute_url()).status_code == 404
    assert client.get(reverse("letter_pdf", args=[finished.pk])).status_code == 404
    assert client.post(reverse("next_letter", args=[finished.pk])).status_code == 404
    assert client.get(reverse("letters", args=[case.reference])).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "stranger", "administrator"])
def test_for_others_there_is_no_letter(request, sign_in, who, case, finished):
    client = sign_in(request.getfixturevalue(who))

    asked = [finished.get_absolute_url(), reverse("letter_pdf", args=[finished.pk])]
    asked += [reverse("letters", args=[case.reference]), reverse("documents", args=[case.reference])]
    assert {client.get(address).status_code for address in asked} == {404}


def test_letters_go_with_their_case(case, finished, practitioner, now):
    actions.begin_version(finished, by=practitioner, at=now)

    case.door.delete()
    case.delete()

    assert not Letter.objects.exists()
