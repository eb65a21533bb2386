"""Somebody at a browser, and the parts of the work that more than one walk goes through."""

import os
from datetime import timedelta
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from r2com.access.roles import Role
from r2com.assessments.models import Assessment
from r2com.cases.models import Case
from r2com.plans.models import Plan

from .. import factories

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SCREENSHOTS = os.environ.get("R2COM_SCREENSHOTS")


def cast(at):
    """Ines and Rut, with passwords and second factors, in an agency that has just begun."""
    organisation = factories.organisation(at=at)
    factories.may_keep_offences(organisation, at=at)
    team = factories.team(organisation, "Harbour team", at=at)
    factories.published(at=at)
    people = {
        "Ines": factories.enrolled("Ines Lindqvarn", Role.PRACTITIONER, team, at=at),
        "Rut": factories.enrolled("Rut Halvarsen", Role.SUPERVISOR, team, at=at),
    }
    for user in people.values():
        TOTP.activate(user, SECRET)
    return people


class Walk:
    """Somebody at a browser. Everything is found by names and values, so that any language will do."""

    def __init__(self, page, base, language):
        self.page, self.base, self.language, self.used = page, base, language, set()
        page.context.add_cookies([{"name": "language", "value": language, "url": base}])

    def go(self, path):
        self.page.goto(self.base + path)

    def fill(self, **fields):
        for name, text in fields.items():
            self.page.locator(f"main [name={name}]:is(input, textarea)").first.fill(text)

    def choose(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"main input[name={name}][value='{value}']").check()

    def choose_first(self, *names):
        for name in names:
            self.page.locator(f"main input[name={name}]").first.check()

    def press(self, selector="main .button:not(.second, .plain)"):
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def sign_in(self, user):
        self.go("/sign-in/")
        self.fill(login=user.email, password=factories.PASSWORD)
        self.press("main form:has([name=password]) .button")
        self.fill(code=self.fresh_code(user))
        self.press("main form button.button:not(.second, .plain)")

    def fresh_code(self, user):
        """A code is good once: the one now, the one after, the one before, which may run out on the way."""
        before, now, after = sorted(yield_hotp_counters_from_time())
        counter = next(c for c in (now, after, before) if (user.pk, c) not in self.used)
        self.used.add((user.pk, counter))
        return format_hotp_value(hotp_value(SECRET, counter))

    def sign_out(self):
        self.press(".signed button")

    def look(self, name):
        """Take the picture for the README, when asked to."""
        if SCREENSHOTS and self.language == "en":
            self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


def through_the_door(walk, release_on):
    walk.go("/door/")
    walk.fill(name="Milo Fernweh", born="1990-04-12")
    walk.press("button[name=step][value=search]")
    walk.fill(called="Milo", safe_contact="Ring after ten, never leave a message.", referrer="Gate office")
    walk.page.locator("main select[name=referred_by]").select_option(index=1)
    walk.choose(takes_up="yes")
    walk.choose_first("told", "asked", "basis")
    walk.page.locator("main select[name=language]").select_option(walk.language)
    walk.fill(release_on=release_on.isoformat())
    walk.press("button[name=step][value=open]")
    case = Case.objects.get()
    assert case.reference in walk.page.url
    return case


def explain_and_agree(walk, case, today):
    walk.go(f"/people/{case.reference}/explain/notice/")
    walk.choose(how="read", proof="signed")
    walk.press("main button[name=notice]")
    walk.go(f"/people/{case.reference}/choices/")
    walk.choose_first("recipient", "purpose", "how")
    walk.choose(agreed="yes")
    walk.fill(until=(today + timedelta(days=90)).isoformat())
    walk.press("main form[data-autosave] button.button")
    assert case.person.choices.count() == 1


def talk_and_rate(walk, case, today):
    walk.go(f"/people/{case.reference}/assessments/")
    walk.choose(kind="full")
    walk.press("main form button.button")
    assessment = Assessment.objects.get()
    see_the_place(walk, assessment, today)
    walk.choose(vulnerability="some", strength="some", matters_for="settling", certainty="one_source")
    walk.choose(direction="new", person_view="differs")
    walk.fill(own_words="It is a sofa but it is family.")
    expect(walk.page.locator("[data-saved]")).not_to_be_empty()
    walk.look("item")
    walk.press("main button[name=go][value=keep]")
    assert "/items/A2/" in walk.page.url
    walk.press("main button[name=go][value=not_known]")
    walk.choose(vulnerability="none", strength="strong", person_view="agrees")
    walk.press("main button[name=go][value=keep]")
    assert case.tasks.filter(item="A2").count() == 1
    assert assessment.ratings.count() == 3
    rate_not_asked(walk, assessment)
    return assessment


def see_the_place(walk, assessment, today):
    """What was seen and heard about A1; the judgement comes after it."""
    walk.go(f"/assessments/{assessment.pk}/items/A1/")
    walk.page.locator("details:has([name=evidence_words]) summary").first.click()
    walk.fill(
        evidence_words="“My uncle says till New Year.”",
        evidence_source="Milo",
        evidence_dated=today.isoformat(),
    )
    walk.choose(evidence_stance="for", evidence_type="said_by_person")


def rate_not_asked(walk, assessment):
    """What was left open still says how the person sees it, or why nobody asked."""
    walk.go(f"/assessments/{assessment.pk}/items/A2/")
    walk.choose(vulnerability="unknown", person_view="not_asked")
    walk.fill(not_asked_because="We ran out of time.")
    walk.press("main button[name=go][value=keep]")


def make_sense(walk, assessment):
    walk.go(f"/assessments/{assessment.pk}/sense/")
    for box in ("matters", "hard", "draws", "holds", "changes", "unknown"):
        walk.fill(**{f"{box}_words": f"Words about {box}."})
        walk.page.locator(f"details:has([name={box}_items]) summary").first.click()
        walk.choose(**{f"{box}_items": "A1"})
    for future in ("settles", "drifts", "returns"):
        walk.fill(
            **{f"{future}_first_signs": "a", f"{future}_who_notices": "b", f"{future}_who_does_what": "c"}
        )
    walk.choose(priority_needs="A1", key_strengths="A3", support="standard")
    walk.fill(hours_a_week="3", support_because="Two visits and a call.")
    walk.press("main form[data-autosave] button.button:not(.second, .plain)")
    assert assessment.formulation.boxes.count() == 6


def hand_in(walk, assessment):
    walk.go(f"/assessments/{assessment.pk}/hand-in/")
    walk.press("main form button.button")


def sign_off(walk, assessment):
    walk.go(f"/assessments/{assessment.pk}/sign-off/")
    walk.press("main button[name=go][value=sign]")
    assert Assessment.objects.get(pk=assessment.pk).is_signed_off


def plan_and_answer(walk, case, today):
    walk.go(f"/people/{case.reference}/plans/")
    walk.press("main button[form=begin]")
    plan = Plan.objects.get()
    walk.go(f"/plans/{plan.pk}/goals/")
    walk.fill(
        words="A room I can lock, by Christmas",
        helps="My uncle",
        what_1="Hand in the form",
        who_1="Milo, Ines",
    )
    walk.fill(by_1=(today + timedelta(days=2)).isoformat())
    walk.page.locator("main select[name=item]").select_option("A1")
    walk.page.locator("main select[name=strength_item]").select_option("A3")
    walk.press("main form[data-autosave] .actions button.button")
    assert "DRAFT" in walk.page.content() or "RASCUNHO" in walk.page.content() or plan.is_draft
    walk.go(f"/plans/{plan.pk}/answer/")
    walk.choose(says="agrees")
    walk.press("main form[data-autosave] button.button")
    walk.look("plan")
    assert not Plan.objects.get().is_draft
