"""The whole way in a browser: from twelve weeks before release to a call a year after it, in both languages.

Days pass between the parts as `days` says: nobody's clock is changed, what was written becomes older. Each
paper that can be printed on the way is fetched and read. The list of papers is compared with the addresses
of the application, so that a new one has to be walked to as well.
"""

import io
import zipfile
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.urls import get_resolver, reverse

from r2com.assessments.models import Assessment
from r2com.documents.models import Document, Letter, Release
from r2com.instruments import actions as instruments
from r2com.instruments.reading import packaged
from r2com.landing.models import Line
from r2com.plans.models import Goal, Plan
from r2com.programmes.models import Offer
from r2com.questionnaires.models import Questionnaire
from r2com.reviews.models import Call, Closing, Review
from r2com.tasks.models import Task

from .. import files
from . import days, walking
from .pages import session_of
from .walking import Walk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]
KEEP = "main form[data-autosave] .actions button.button"
BOX = "main form[data-autosave] button.button:not(.second, .plain, .unseen)"


@pytest.fixture
def cast(transactional_db, now):
    at = now - timedelta(days=1)
    instruments.publish(*packaged("my-own-view"), by=None, at=at)
    return walking.cast(at)


@pytest.fixture
def windows(browser, live_server):
    """A window for each of two people at work, in one language."""
    contexts = []

    def opened(language, user=None):
        contexts.append(browser.new_context(locale=language))
        walk = Walk(contexts[-1].new_page(), live_server.url, language)
        if user:
            sid = {"name": "sid", "value": session_of(user), "url": live_server.url}
            contexts[-1].add_cookies([sid])
        return walk

    yield opened
    for context in contexts:
        context.close()


class Papers:
    """What was printed on the way, by the name of its address."""

    def __init__(self, walk):
        self.walk, self.read = walk, set()

    def print(self, name, *args, says, leaves_out=(), speaks=""):
        """Fetch a paper: what belongs on it stands there, and it says in which language it speaks."""
        answer = self.walk.page.request.get(self.walk.base + reverse(name, args=args))
        assert answer.headers["content-type"] == "application/pdf", name
        words = text_of(answer.body())
        assert [said for said in says if said not in words] == [], name
        assert [said for said in leaves_out if said in words] == [], name
        assert language_of(answer.body()) == (speaks or self.walk.language), name
        self.read.add(name)


def text_of(pdf) -> str:
    """Every word on a paper, its lines put together."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def language_of(pdf) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return str(opened.Root.Lang)[:2]


def every_paper() -> set[str]:
    """The addresses that answer with a paper of a record."""
    named = set(get_resolver().reverse_dict)
    return {name for name in named if isinstance(name, str) and name.endswith("_pdf")} | {
        "print_notice",
        "safety_card",
        "released_file",
        "blank_questionnaire",
    }


@pytest.mark.parametrize("language", ["en", "pt"])
def test_from_twelve_weeks_before_the_gate_to_a_year_after_it(windows, cast, language, today):
    ines, rut = windows(language), windows(language, cast["Rut"])
    ines.sign_in(cast["Ines"])
    papers = Papers(ines)

    case = twelve_weeks_before(ines, papers, today)
    days.pass_(84)
    day_of_release(ines, papers, case)
    days.pass_(1)
    first_contact(ines, case)
    days.pass_(10)
    understand(ines, rut, papers, case, today)
    agree_on_a_plan(ines, papers, case, today)
    on_the_way(ines, papers, case, today)
    put_on_paper(ines, papers, case)
    days.pass_(31)
    look_again(ines, rut, papers, case, today)
    days.pass_(140)
    come_to_an_end(ines, papers, case)
    days.pass_(183)
    ring_afterwards(ines, case)
    take_the_record_along(ines, papers, case)

    assert papers.read == every_paper()


# Before the gate


def twelve_weeks_before(walk, papers, today):
    case = walking.through_the_door(walk, today + timedelta(days=84))
    walking.explain_and_agree(walk, case, today)
    print_the_notice(walk, papers, case)
    who_they_are(walk, case)
    corner_and_conditions(walk, case, today)
    settle_before_the_gate(walk, papers, case, today)
    return case


def print_the_notice(walk, papers, case):
    """This one is a page that the browser prints; it is the same for everybody."""
    walk.go(reverse("print_notice", args=[case.reference]))
    assert "Lantern" in walk.page.inner_text("main")
    papers.read.add("print_notice")


def who_they_are(walk, case):
    walk.go(reverse("profile", args=[case.reference]))
    walk.fill(matters="A door I can lock.", works="Say what you will do, then do it.")
    walk.press(KEEP)
    assert "A door I can lock." in walk.page.inner_text("main")


def corner_and_conditions(walk, case, today):
    walk.go(reverse("add_supporter", args=[case.reference]))
    walk.fill(name="Aunt Rosa", relation="Aunt", helps="A sofa", phone="555 010")
    walk.choose_first("ring", "contact")
    walk.press(KEEP)
    assert "Aunt Rosa" in walk.page.inner_text("main")
    walk.go(reverse("add_condition", args=[case.reference]))
    walk.fill(words="At home at ten.", asked_by="The court", ends=(today + timedelta(days=300)).isoformat())
    walk.press(KEEP)
    assert "At home at ten." in walk.page.inner_text("main")


def settle_before_the_gate(walk, papers, case, today):
    """One line is asked for, one is confirmed by the one who receives."""
    walk.go(reverse("gate_line", args=[case.reference, "bed"]))
    walk.choose(says="asked")
    walk.press("main button[name=go][value=say]")
    walk.go(reverse("gate_line", args=[case.reference, "papers"]))
    walk.fill(who="Registry, counter 4", on=today.isoformat())
    walk.choose_first("how")
    walk.press("main button[name=go][value=confirm]")
    assert Line.objects.filter(begun__case=case).count() == 2
    papers.print("before_the_gate_pdf", case.reference, says=["Registry, counter 4"])


# The first days


def day_of_release(walk, papers, case):
    walk.go(reverse("first_72_hours", args=[case.reference]))
    walk.press("#lamp-met form button")
    walk.go(reverse("lamp", args=[case.reference, "phone"]))
    walk.fill(note="The shop opens at nine.")
    walk.press("main button[name=go][value=note]")
    papers.print("first_72_hours_pdf", case.reference, says=["Lantern", "Milo"], leaves_out=["The shop"])


def first_contact(walk, case):
    walk.go(case.get_absolute_url())
    walk.press(f"a[href^='{reverse('write_contact', args=[case.reference])}']")
    walk.choose(kind="visit")
    walk.fill(words="We had soup, and looked for the key.")
    walk.press("main form .actions .button:not(.second, .plain)")
    walk.go(reverse("contacts", args=[case.reference]))
    assert "soup" in walk.page.inner_text("main")


# Understanding, and a plan


def understand(walk, rut, papers, case, today):
    assessment = walking.talk_and_rate(walk, case, today)
    walking.make_sense(walk, assessment)
    walking.hand_in(walk, assessment)
    walking.sign_off(rut, assessment)
    papers.print(
        "assessment_pdf", assessment.pk, says=["It is a sofa but it is family.", "Words about hard."]
    )


def agree_on_a_plan(walk, papers, case, today):
    walking.plan_and_answer(walk, case, today)
    papers.print(
        "plan_pdf", Plan.objects.get().pk, says=["A room I can lock, by Christmas", "Hand in the form"]
    )


# On the way


def on_the_way(walk, papers, case, today):
    take_a_pulse(walk, papers, case)
    make_a_safety_plan(walk, papers, case)
    choose_a_programme(walk, papers, case, today)
    answer_alone(walk, papers, case)


def take_a_pulse(walk, papers, case):
    walk.go(reverse("pulse", args=[case.reference]))
    walk.choose(A1="easing", A3="worsening")
    walk.fill(own_words="The sofa is better now.")
    walk.press(KEEP)
    papers.print("pulses_pdf", case.reference, says=["Lantern", case.reference], leaves_out=["Milo"])


def make_a_safety_plan(walk, papers, case):
    walk.go(reverse("write_safety_plan", args=[case.reference]))
    walk.fill(signs="I stop sleeping.", people="Aunt Rosa")
    walk.press(KEEP)
    papers.print("safety_card", case.reference, says=["I stop sleeping.", "Aunt Rosa"])


def choose_a_programme(walk, papers, case, today):
    walk.go(reverse("choose_programme", args=[case.reference, "first-ninety-days"]))
    walk.choose(says="yes")
    walk.fill(words="Good, but not on Fridays.", first_on=today.isoformat())
    walk.press(KEEP)
    offer = Offer.objects.get()
    walk.go(reverse("programme_session", args=[offer.pk, "basics"]))
    walk.choose(what="held")
    walk.fill(day=today.isoformat(), took="A folder of my own.")
    walk.press(KEEP)
    papers.print("programme_pdf", offer.pk, says=["Good, but not on Fridays.", "Lantern"])


def answer_alone(walk, papers, case):
    walk.go(reverse("questionnaires", args=[case.reference]))
    walk.press("main form button.button")
    walk.press(BOX)
    walk.page.locator("main input[type=radio]").first.check()
    walk.press("main button[name=go][value=stop]")
    answered = Questionnaire.objects.get()
    papers.print("questionnaire_pdf", answered.pk, says=["Lantern"])
    papers.print("blank_questionnaire", case.reference, "my-own-view", says=["Lantern"], leaves_out=["Milo"])


# Papers and letters


def put_on_paper(walk, papers, case):
    """A paper is added, a word on it is covered, and only the covered copy is taken out."""
    walk.go(reverse("add_document", args=[case.reference]))
    sheet = {"name": "answer.pdf", "mimeType": "application/pdf", "buffer": files.pdf("Secretword")}
    walk.page.locator("main [name=file]").set_input_files(sheet)
    walk.fill(name="Answer of the office", received_from="Housing office")
    walk.choose_first("kind")
    walk.choose(source="received")
    walk.press(KEEP)
    paper = Document.objects.get()
    walk.press("main button[form=redact]")
    walk.fill(left="0", top="0", right="100", bottom="100")
    walk.press("main #page .actions button.button")
    walk.press("main form[action$='/finish/'] button")
    copy = next(file for file in paper.files.all() if file.is_redacted)
    walk.go(reverse("release", args=[copy.pk]))
    walk.fill(to="Housing office", why="Proof of rent")
    walk.choose_first("ground")
    walk.press(KEEP)
    answer = walk.page.request.get(walk.base + reverse("released_file", args=[Release.objects.get().pk]))
    assert "Secretword" not in text_of(answer.body())
    papers.read.add("released_file")
    write_a_letter(walk, papers, case)


def write_a_letter(walk, papers, case):
    walk.go(reverse("letters", args=[case.reference]))
    walk.press("main form:not(:has([name=template])) button.button")
    walk.fill(to="Housing office", subject="A room", words="Dear all, he looks for a room.")
    walk.press("main button[name=go][value=finish]")
    letter = Letter.objects.get()
    papers.print("letter_pdf", letter.pk, says=["he looks for a room", "Lantern"], speaks=letter.language)


# Looking again, the end, and afterwards


def look_again(walk, rut, papers, case, today):
    walk.go(reverse("reviews", args=[case.reference]))
    walk.choose(occasion="week_6", rests="again")
    walk.press("main form button.button")
    review = Review.objects.get()
    again = Assessment.objects.order_by("-begun_at").first()
    talk_again(walk, again, today)
    walking.make_sense(walk, again)
    walking.hand_in(walk, again)
    walking.sign_off(rut, again)
    walk.go(reverse("review", args=[review.pk]))
    walk.choose(says="continue", view="agrees")
    walk.fill(reasons="It holds.", narrative="In the kitchen.")
    walk.choose_first("next")
    walk.press(KEEP)
    papers.print("review_pdf", review.pk, says=["It holds."])
    papers.print("review_carried_pdf", review.pk, says=["Lantern", "Milo"], leaves_out=["In the kitchen."])


def talk_again(walk, again, today):
    walking.see_the_place(walk, again, today)
    for item, how in {"A1": "some", "A3": "none"}.items():
        if item not in walk.page.url:
            walk.go(reverse("item", args=[again.pk, item]))
        walk.choose(vulnerability=how, strength="strong", person_view="agrees")
        walk.press("main button[name=go][value=keep]")


def come_to_an_end(walk, papers, case):
    goal = Goal.objects.filter(plan=Plan.objects.order_by("-made_at").first()).first().pk.hex
    walk.go(reverse("closing", args=[case.reference]))
    walk.choose(reason="settled", view="agrees", calls_wanted="yes")
    walk.choose(**{f"how_{goal}": "reached", f"whose_{goal}": "person"})
    walk.fill(**{f"words_{goal}": "I have the key."})
    for task in Task.objects.open().filter(case=case):
        walk.choose(**{f"what_{task.pk.hex}": "finished"})
    walk.press(KEEP)
    walk.fill(you_did="You found a room.")
    walk.press(KEEP)
    case.refresh_from_db()
    assert Closing.objects.get().closure == case.closure
    papers.print("closing_letter_pdf", case.reference, says=["You found a room."])


def ring_afterwards(walk, case):
    call = Call.objects.waiting().order_by("due").first()
    walk.go(call.get_absolute_url())
    walk.choose(result="reached")
    walk.fill(words="He still has the key.")
    walk.press(BOX)
    call.refresh_from_db()
    assert (call.occasion, call.is_waiting) == ("month_12", False)


def take_the_record_along(walk, papers, case):
    papers.print("record_pdf", case.reference, says=["I have the key.", "At home at ten.", "Aunt Rosa"])
    answer = walk.page.request.get(walk.base + reverse("record_zip", args=[case.reference]))
    with zipfile.ZipFile(io.BytesIO(answer.body())) as packed:
        assert any(name.endswith(".pdf") for name in packed.namelist())
