"""Everybody can use it: by keyboard, with a screen reader, enlarged, in the dark, and without scripts."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone

from r2com.assessments import actions as assessments
from r2com.assessments.models import Assessment, Box, Evidence, Formulation, Rating
from r2com.cases.models import Case
from r2com.people.models import Choice
from r2com.plans.models import Answer, Goal, Plan
from r2com.tasks.models import Task

from .. import factories
from . import pages
from .pages import code, session_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]
AXE = Axe().axe_script
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
DESK = {"width": 1280, "height": 720}
PHONE = {"width": 360, "height": 640}
ENLARGED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHAPE = '[document.querySelectorAll("h1").length, document.documentElement.lang]'
FILLED = 'document.querySelectorAll("main .button:not(.second):not(.plain)").length'
SHOWS_ALL = "gallery"  # every kind of button on one page
PRESS = """form => {
  form.noValidate = true;
  (form.querySelector(".button:not(.second):not(.plain)") || form.querySelector("button")).click();
}"""


@pytest.fixture
def window(browser, live_server, settings):
    """Opens a window of somebody, or of nobody yet."""
    cache.clear()
    settings.DEMO = True
    contexts = []

    def opened(**options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def no_haste(settings):
    """Going through every page takes longer than a password given once more counts for."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600


@pytest.fixture
def agency(transactional_db):
    return pages.begin(timezone.now().replace(microsecond=0))


def visits(window, base, language):
    """Go through every page in one window, as whoever may see it, also where something is missing."""
    every = pages.every_page(timezone.now().replace(microsecond=0))
    sessions = {user: session_of(user) for user in {page.who for page in every if page.who}}
    for page in [*every, *pages.with_faults(every)]:
        window.context.clear_cookies()
        become(window, base, language=language, sid=sessions.get(page.who))
        assert window.goto(page.path).status < 500, page.name
        if page.sends:
            send(window, page.sends)
        assert path(window) == page.path, page.name
        yield page.name


def become(window, base, **cookies):
    given = [{"name": name, "value": value, "url": base} for name, value in cookies.items() if value]
    window.context.add_cookies(given)


def send(window, form):
    """Send a form as it stands, past what the browser itself would ask for."""
    with window.expect_navigation():
        window.locator(form).first.evaluate(PRESS)
    assert window.locator(".errors").count(), f"{window.url} asks for nothing"


def path(window):
    return window.evaluate("location.pathname")


def shut_out(page, name):
    """What axe finds on a page, serious or not."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(rules).then(({ violations }) => violations)", RULES)
    return [(name, one["id"], one["impact"], one["nodes"][0]["html"]) for one in found]


def misshapen(page, name, language):
    """Where a page is wider than a narrow screen, or has not one title, one language and one main action."""
    faults = []
    for size in (PHONE, ENLARGED):
        page.set_viewport_size(size)
        if over := page.evaluate(WIDER):
            faults.append((name, size["width"], over))
    if (shape := page.evaluate(SHAPE)) != [1, language]:
        faults.append((name, "title and language", shape))
    if (filled := page.evaluate(FILLED)) > 1 and name != SHOWS_ALL:
        faults.append((name, "filled buttons", filled))
    return faults


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("pt", "dark")])
def test_no_page_shuts_anybody_out_and_each_fits_a_phone(window, live_server, language, scheme):
    page = window(color_scheme=scheme, viewport=DESK)

    faults = []
    for name in visits(page, live_server.url, language):
        faults += shut_out(page, name) + misshapen(page, name, language)
        page.set_viewport_size(DESK)

    assert faults == []


def test_neither_does_the_page_between_password_and_code(window, agency):
    page = window(locale="en-GB")
    page.goto("/sign-in/")
    page.locator("[name=login]").first.fill(agency.lead.email)
    page.locator("[type=password]").fill(factories.PASSWORD)
    with page.expect_navigation():
        page.locator("[type=password]").press("Enter")

    faults = [*shut_out(page, "code"), *misshapen(page, "code", "en")]

    assert page.locator("[name=code]").is_visible()
    assert faults == []


# By keyboard alone

WHERE = """() => {
  const here = document.activeElement;
  const seen = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  };
  const before = window.before;
  window.before = here;
  return {
    name: here.outerHTML.slice(0, 200),
    isSeen: [here, here.closest("label")].some((element) => element && seen(element)),
    isCovered: isCovered(here),
    isInOrder: !before || before === here || !before.isConnected
      || Boolean(before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
  function isCovered(element) {
    const { left, top, width, height } = element.getClientRects()[0];
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return !there || !(element.contains(there) || element.closest("label")?.contains(there));
  }
}"""


class Keyboard:
    """Somebody without a mouse. Each stop has to be seen, uncovered, and in the order of the page."""

    def __init__(self, page):
        self.page = page

    def tab_to(self, selector):
        """Tab on until there. On a fresh page the first stop leads past the bar."""
        for _stop in range(150):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(WHERE)
            assert stop["isSeen"], stop
            assert not stop["isCovered"], stop
            assert stop["isInOrder"], stop
            if self.is_at(selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

    def is_at(self, selector):
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def write(self, selector, words):
        self.tab_to(selector)
        self.page.keyboard.type(words)

    def choose(self, name, steps=0):
        """Into a group of cards, onto the first with Space, and on with the arrows."""
        self.tab_to(f"[name={name}]")
        self.page.keyboard.press("Space")
        for _step in range(steps):
            self.page.keyboard.press("ArrowDown")

    def enter(self, selector=None):
        if selector:
            self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_from_signing_in_to_a_kept_judgement_without_a_mouse(window, agency):
    assessment = assessments.begin(agency.case, kind="full", by=agency.lead, at=agency.at)
    page = window()
    keys = Keyboard(page)

    page.goto("/sign-in/")
    keys.tab_to(".skip")
    keys.write("[name=login]", agency.lead.email)
    keys.write("[name=password]", factories.PASSWORD)
    keys.enter()
    keys.write("[name=code]", code())
    keys.enter()
    keys.tab_to(".skip")
    page.keyboard.press("Enter")
    keys.enter(f"main a[href='{agency.case.get_absolute_url()}']")
    keys.enter(f"main a[href='{assessment.get_absolute_url()}']")
    keys.enter("main a[href$='/items/A1/']")
    keys.choose("vulnerability")
    keys.choose("strength", steps=2)
    keys.choose("person_view")
    keys.write("[name=own_words]", "My uncle's sofa.")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type(" It holds.")
    keys.enter("[name=go][value=keep]")

    assert path(page).endswith("/items/A2/")
    kept = Rating.objects.get(assessment=assessment, item="A1")
    assert kept.judgements == {"vulnerability": "none", "strength": "strong", "person_view": "agrees"}
    assert kept.own_words == "My uncle's sofa. It holds."


# Without scripts


class Plain:
    """A browser that runs no scripts: links, forms and nothing else."""

    def __init__(self, page):
        self.page = page

    def fill(self, **fields):
        for name, words in fields.items():
            self.page.locator(f"main :is(input, textarea)[name={name}]").fill(words)

    def choose(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"main input[name={name}][value='{value}']").check()

    def choose_first(self, *names):
        for name in names:
            self.page.locator(f"main input[name={name}]").first.check()

    def pick(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"main select[name={name}]").select_option(value)

    def unfold(self, name):
        self.page.locator(f"main details:has([name={name}]) > summary").click()

    def press(self, selector="main form .actions .button:not(.second):not(.plain)"):
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


@pytest.fixture
def plain(window, agency, live_server):
    """The lead's browser with scripts switched off."""
    page = window(java_script_enabled=False)
    become(page, live_server.url, sid=session_of(agency.lead))
    return Plain(page)


def test_from_the_door_to_an_agreed_plan_without_scripts(plain, agency, today):
    case = open_a_case(plain, agency, today)
    explain_and_ask(plain, case, today)
    assessment = talk(plain, case, today)
    make_sense(plain, assessment)
    agree_a_plan(plain, case, today)

    assert Answer.objects.get(plan__case=case).says == "agrees"


def open_a_case(plain, agency, today):
    plain.page.goto("/door/")
    plain.fill(name="Oda Kestrel", born="1990-04-12")
    plain.press("[name=step][value=search]")
    plain.fill(safe_contact="Ring after ten.", release_on=(today - timedelta(days=3)).isoformat())
    plain.pick(referred_by=str(factories.entry(agency.case.organisation, "referred_by").pk))
    plain.choose(takes_up="yes")
    plain.choose_first("told", "asked", "basis")
    plain.press("[name=step][value=open]")
    return Case.objects.exclude(pk=agency.case.pk).get()


def explain_and_ask(plain, case, today):
    plain.page.goto(f"{case.get_absolute_url()}explain/notice/")
    plain.choose(how="read", proof="signed")
    plain.press("[name=notice]")
    plain.page.goto(f"{case.get_absolute_url()}choices/")
    plain.choose_first("recipient", "purpose", "how")
    plain.choose(agreed="yes")
    plain.fill(until=(today + timedelta(days=90)).isoformat())
    plain.press()
    assert Choice.objects.get(person=case.person).agreed


def talk(plain, case, today):
    plain.page.goto(f"{case.get_absolute_url()}assessments/")
    plain.choose(kind="full")
    plain.press("main form .button")
    assessment = Assessment.objects.get(case=case)
    plain.page.goto(f"{assessment.get_absolute_url()}items/A1/")
    plain.unfold("evidence_words")
    plain.fill(evidence_words="The sofa is his till New Year.", evidence_source="His uncle")
    plain.fill(evidence_dated=today.isoformat(), own_words="It is a sofa.")
    plain.choose(evidence_stance="for", evidence_type="said_by_person")
    plain.choose(vulnerability="some", strength="some", person_view="differs")
    plain.press("[name=go][value=keep]")
    plain.press("[name=go][value=not_known]")
    assert Evidence.objects.get(assessment=assessment).item == "A1"
    assert Rating.objects.get(assessment=assessment, item="A1").own_words == "It is a sofa."
    assert Task.objects.get(case=case).item == "A2"
    return assessment


def make_sense(plain, assessment):
    plain.page.goto(f"{assessment.get_absolute_url()}sense/")
    for box in Box:
        plain.unfold(f"{box}_items")
        plain.fill(**{f"{box}_words": f"About {box}"})
        plain.choose(**{f"{box}_items": "A1"})
    plain.choose(priority_needs="A1", support="standard")
    plain.press("main form[data-autosave] .actions .button:not(.second)")
    assert Formulation.objects.get(assessment=assessment).priority_needs == ["A1"]


def agree_a_plan(plain, case, today):
    plain.page.goto(f"{case.get_absolute_url()}plans/")
    plain.press("button[form=begin]")
    plan = Plan.objects.get(case=case)
    plain.page.goto(f"{plan.get_absolute_url()}goals/")
    plain.fill(words="A room I can lock", what_1="Hand in the form", by_1=today.isoformat())
    plain.pick(item="A1", strength_item="A3")
    plain.press("main form[data-autosave] .actions .button:not(.second)")
    assert Goal.objects.get(plan=plan).steps.count() == 1
    plain.page.goto(f"{plan.get_absolute_url()}answer/")
    plain.choose(says="agrees")
    plain.press("main form[data-autosave] .button")
