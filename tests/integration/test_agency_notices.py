"""The notices: versions that start and end, and whom they speak of."""

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.organisations import actions as organisations
from r2com.organisations.models import ListName
from r2com.people import actions
from r2com.people.models import Notice, Purpose
from r2com.people.notice_text import Paragraph, Run, as_html, notice_paragraphs, sharing_lines
from tests import factories

TEXT = "# What we tell you\n\nWe are {house}.\n\n{sharing}\n\nWrite to {data_protection}."


@pytest.fixture
def recipient(organisation):
    return factories.entry(organisation, ListName.RECIPIENT)


@pytest.fixture
def written(recipient):
    """A form as it comes from the page."""
    return {"text": TEXT, "covers": [f"{Purpose.ARRIVAL}:{recipient.pk}"], "base": 1}


def current(organisation, language="en"):
    return Notice.objects.get(organisation=organisation, language=language, ends__isnull=True)


def of(organisation, text, covers=()):
    return Notice(organisation=organisation, language="en", text=text, covers=list(covers))


def test_a_new_version_counts_from_today_and_the_old_one_stays_readable(
    sign_in, administrator, organisation, recipient, written, today
):
    old = current(organisation)
    client = sign_in(administrator)

    client.post(reverse("write_notice", args=["en"]), written)

    old.refresh_from_db()
    new = current(organisation)
    assert (old.ends, new.version, new.covers) == (today, 2, [["arrival", str(recipient.pk)]])
    assert client.get(reverse("notice", args=[old.pk])).status_code == 200
    assert Event.objects.filter(name="notice.published", by=administrator.pk, facts__version=2).exists()


def test_a_choice_never_goes_beyond_the_notice_that_was_published(
    sign_in, administrator, organisation, person, practitioner, recipient, written, today, now
):
    sign_in(administrator).post(reverse("write_notice", args=["en"]), written)
    given = actions.give_notice(
        person, current(organisation), how="read", proof="signed", by=practitioner, at=now
    )
    said = {
        "recipient": recipient,
        "agreed": False,
        "until": None,
        "how": "said",
        "by": practitioner,
        "at": now,
    }

    assert actions.record_choice(given, purpose="arrival", **said)
    with pytest.raises(actions.BeyondNotice):
        actions.record_choice(given, purpose="care", **said)


def test_when_two_write_a_version_both_are_shown_and_nothing_is_lost(
    sign_in, administrator, organisation, written
):
    client = sign_in(administrator)
    client.post(reverse("write_notice", args=["en"]), {**written, "text": "Theirs\n\n{sharing}"})

    shown = client.post(reverse("write_notice", args=["en"]), {**written, "text": "Mine\n\n{sharing}"})

    page = shown.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    assert current(organisation).text.startswith("Theirs")
    client.post(reverse("write_notice", args=["en"]), {**written, "text": "Mine\n\n{sharing}", "base": 2})
    assert current(organisation).text.startswith("Mine")


def test_a_notice_says_where_the_person_reads_who_may_receive_something(
    sign_in, administrator, organisation, written
):
    shown = sign_in(administrator).post(
        reverse("write_notice", args=["en"]), {**written, "text": "Nothing about {sharing} here."}
    )

    assert "text" in shown.context["form"].errors
    assert current(organisation).version == 1


def test_a_recipient_of_another_agency_cannot_be_covered(
    sign_in, administrator, organisation, stranger, written
):
    theirs = factories.entry(factories.membership(stranger).organisation, ListName.RECIPIENT)

    shown = sign_in(administrator).post(
        reverse("write_notice", args=["en"]), {**written, "covers": [f"arrival:{theirs.pk}"]}
    )

    assert "covers" in shown.context["form"].errors
    assert current(organisation).version == 1


def test_a_new_version_begins_with_the_words_and_boxes_of_the_one_before(
    sign_in, administrator, organisation
):
    form = sign_in(administrator).get(reverse("write_notice", args=["en"])).context["form"]

    assert form["text"].value() == current(organisation).text
    assert len(form["covers"].value()) == len(current(organisation).covers) == 25
    assert [len(row["boxes"]) for row in form.matrix()] == [len(Purpose)] * 5


def test_a_version_of_another_agency_is_not_found(sign_in, stranger, organisation, now):
    theirs = factories.membership(stranger).organisation
    organisations.join(stranger, theirs, role="administrator", team=None, by=None, at=now)
    client = sign_in(stranger)

    assert client.get(reverse("notice", args=[current(organisation).pk])).status_code == 404
    assert client.get(reverse("notice", args=[current(theirs).pk])).status_code == 200


def test_the_blanks_of_a_notice_are_filled(organisation, recipient):
    notice = of(organisation, TEXT, [["arrival", str(recipient.pk)], ["care", str(recipient.pk)]])

    paragraphs = notice_paragraphs(notice, organisation, "en")

    assert paragraphs == [
        Paragraph("heading", ((Run("What we tell you"),),)),
        Paragraph("text", ((Run("We are Lantern Association."),),)),
        Paragraph("list", ((Run("Probation: to know when I arrive, to carry on my care"),),)),
        Paragraph("text", ((Run("Write to data@example.org."),),)),
    ]


def test_a_notice_that_covers_nobody_says_so(organisation):
    assert sharing_lines(of(organisation, TEXT), "en") == ["Nobody at the moment."]


def test_strong_and_quiet_words_and_lists_are_shown(organisation):
    notice = of(organisation, "**Who we are.** Us.\n\n- One\n- *Two*")

    shown = as_html(notice_paragraphs(notice, organisation, "en"))

    assert shown == (
        '<p><strong>Who we are.</strong> Us.</p>\n<ul class="lines"><li>One</li><li><em>Two</em></li></ul>'
    )


@pytest.mark.parametrize("place", ["# {}", "{}", "**{}**", "*{}*", "- {}", "{} & {{house}}"])
def test_nothing_typed_becomes_markup(organisation, place):
    nasty = "<script>alert(1)</script>"

    shown = as_html(notice_paragraphs(of(organisation, place.format(nasty)), organisation, "en"))

    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_name_with_stars_is_not_read_as_signs(organisation):
    organisation.name = "**Five** <b>Star</b> House"

    shown = as_html(notice_paragraphs(of(organisation, "We are {house}."), organisation, "en"))

    assert shown == "<p>We are **Five** &lt;b&gt;Star&lt;/b&gt; House.</p>"
