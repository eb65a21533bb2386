"""One agency with a row for every form: somebody at each stage of the work, made through real actions."""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from r2com.access.roles import Role
from r2com.api import actions as api
from r2com.assessments import actions as assessments
from r2com.assessments.actions import Sense
from r2com.assessments.models import Assessment, Box, Future
from r2com.assessments.responses import instrument_of
from r2com.cases.models import Case
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.note import Note, Said
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.corner import actions as corner
from r2com.documents import actions as documents
from r2com.documents import apart
from r2com.exports import actions as exports
from r2com.guards import actions as guards
from r2com.imports import actions as imports
from r2com.imports.mapping import from_dict
from r2com.imports.work import move_in_from_safe
from r2com.instruments import actions as instruments
from r2com.keeping import actions as keeping
from r2com.landing import actions as landing
from r2com.my_record import actions as my_record
from r2com.observations import actions as observations
from r2com.organisations import actions as organisations
from r2com.organisations.models import ListName
from r2com.organisations.proposals import RETENTION_RUN
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.programmes import actions as programmes
from r2com.questionnaires import actions as questionnaires
from r2com.reviews import actions as reviews
from r2com.rights import actions as rights
from r2com.safety_plans import actions as safety_plans
from r2com.sharing.models import LawfulBasis
from r2com.supervision import actions as supervision
from r2com.tasks import actions as tasks
from r2com.threads import actions as threads
from tests import factories, files, lists
from tests.unit.question_sample import arrival


class World:
    """An agency whose every name holds `mark`, so that a page that shows any of it gives itself away."""

    def __init__(self, mark: str, *, at: datetime):
        self.mark, self.now, self.today = mark, at, at.date()
        self.organisation = factories.organisation(f"{mark} Association", at=at - timedelta(days=30))
        factories.may_keep_offences(self.organisation, at=at - timedelta(days=30))
        self.team = factories.team(self.organisation, f"{mark} team", at=at - timedelta(days=30))
        self.empty_team = factories.team(self.organisation, f"{mark} empty team", at=at)
        self._employ()
        self._meet()
        self._talk()
        self._plan()
        self._around()
        self._write_down()
        self._look_after()
        self._land()
        self._papers()
        self._look_again()
        self._end()
        self._ask()
        self._choose()
        self._set_up()
        self._move_in()
        self._let_out()
        self._hand_over()
        self._set_aside()
        self._hurry()

    def entry(self, name: ListName):
        return factories.entry(self.organisation, name)

    @property
    def core_basis(self) -> LawfulBasis:
        return LawfulBasis.objects.filter(organisation=self.organisation, category="core").first()

    def _employ(self):
        at = self.now - timedelta(days=20)

        def employ(first, role, make=factories.user):
            return make(f"{first} {self.mark}", role, self.team, at=at)

        self.practitioner = employ("Ines", Role.PRACTITIONER, factories.enrolled)
        self.deputy = employ("Bram", Role.PRACTITIONER)
        self.colleague = employ("Cleo", Role.PRACTITIONER)
        self.supervisor = employ("Rut", Role.SUPERVISOR)
        self.administrator = employ("Ada", Role.ADMINISTRATOR)
        self.officer = employ("Sol", Role.DATA_PROTECTION)
        for trained in (self.practitioner, self.deputy):
            factories.certified(trained, self.organisation, at=at)
        TOTP.activate(self.practitioner, generate_totp_secret())
        RecoveryCodes.activate(self.practitioner)
        self.passkey = Authenticator.objects.create(
            user=self.supervisor, type="webauthn", data={"name": "Phone", "credential": {}}
        )
        self.reset_link = (
            user_pk_to_url_str(self.practitioner),
            default_token_generator.make_token(self.practitioner),
        )

    def _case(self, name) -> Case:
        at = self.now - timedelta(days=7)
        return factories.case(
            self.team,
            by=self.practitioner,
            deputy=self.deputy,
            name=f"{name} {self.mark}",
            release_on=self.today - timedelta(days=20),
            at=at,
        )

    def _meet(self):
        """Three people: one we talk with, one talked with to the end, one whose talk was handed in."""
        self.case, self.ready_case, self.handed_case = map(self._case, ("Milo", "Samira", "Teo"))
        by = {"by": self.practitioner, "at": self.now - timedelta(days=6)}
        self.notice = Notice.objects.get(organisation=self.organisation, language="en")
        given = people.give_notice(self.case.person, self.notice, how="read", proof="signed", **by)
        self.recipient = self.entry(ListName.RECIPIENT)
        told = {"recipient": self.recipient, "purpose": "meetings", "how": "said"}
        until = self.today + timedelta(days=60)
        self.choice = people.record_choice(given, **told, agreed=True, until=until, **by)
        self.member = self.case.members.get(user=self.deputy, until__isnull=True)

    def _observe(self):
        """One of one's own, one that the person was not told yet, and one by a colleague."""
        at = self.now - timedelta(days=1)
        words = {"kind": "asks", "seen_at": at, "place": f"In {self.mark}", "words": f"Asked in {self.mark}"}
        later = {"why_not_yet": f"Left {self.mark}", "tell_by": self.today}
        self.observation = observations.observe(
            self.case, **words, told_how="said", by=self.practitioner, at=at
        )
        self.untold = observations.observe(self.case, **words, **later, by=self.practitioner, at=at)
        self.others_observation = observations.observe(
            self.case, **words, told_how="said", by=self.deputy, at=at
        )

    def _talk(self):
        """`assessment` goes on, and G3 waits for a second person; `ready` may be handed in; `handed` was."""
        self.assessment = self._begun(self.case)
        self.ready, self.handed = self._made_sense(self.ready_case), self._made_sense(self.handed_case)
        at = {"by": self.practitioner, "at": self.now - timedelta(days=3)}
        self.evidence = self._heard(self.assessment, "A1", "A letter")
        self._heard(self.assessment, "G3", "A letter")
        self._heard(self.assessment, "G3", "A visit")
        marked = {"vulnerability": "marked", "person_view": "agrees"}
        assessments.rate(self.assessment, self.item("G3"), judgements=marked, base=0, **at)
        assessments.hand_in(self.handed, words="", **at)

    def item(self, item):
        return instrument_of(self.assessment).item(item)

    def _begun(self, case) -> Assessment:
        begun = assessments.begin(case, kind="full", by=self.practitioner, at=self.now - timedelta(days=5))
        judgements = {"vulnerability": "none", "strength": "strong", "person_view": "agrees"}
        item = instrument_of(begun).item("A1")
        assessments.rate(
            begun,
            item,
            judgements=judgements,
            base=0,
            by=self.practitioner,
            at=self.now - timedelta(days=4),
        )
        return begun

    def _made_sense(self, case) -> Assessment:
        begun = self._begun(case)
        boxes = {str(box): (f"Words of {self.mark}", ["A1"]) for box in Box}
        futures = {str(future): ("a", "b", "c") for future in Future}
        sense = Sense(
            boxes=boxes,
            futures=futures,
            priority_needs=["A1"],
            support="standard",
            hours_a_week=2,
            support_because="Why",
        )
        assessments.make_sense(begun, sense, base=0, by=self.practitioner, at=self.now - timedelta(days=4))
        return Assessment.objects.get(pk=begun.pk)

    def _heard(self, assessment, item, source):
        return assessments.add_evidence(
            assessment,
            self.item(item),
            words=f"Said in {self.mark}",
            stance="for",
            type="observed",
            source=source,
            dated=self.today - timedelta(days=4),
            by=self.practitioner,
            at=self.now - timedelta(days=4),
        )

    def _plan(self):
        by = {"by": self.practitioner, "at": self.now - timedelta(days=2)}
        self.task = tasks.promise(
            self.case, words=f"Ring {self.mark}", owner=self.practitioner, due=self.today, **by
        )
        done = {"words": f"Rang {self.mark}", "owner": self.practitioner, "due": self.today}
        self.done_task = tasks.promise(self.case, **done, **by)
        tasks.finish(self.done_task, words=f"Said in {self.mark}", **by)
        asked = {"colleagues": [self.deputy], "words": f"Who in {self.mark} has the key"}
        self.thread = threads.ask(self.case, **asked, **by)
        self.said = self.thread.entries.get()
        self._observe()
        self.plan = plans.begin(self.case, None, **by)
        steps = [NextStep(f"Go to {self.mark}", "Milo", self.practitioner, self.today + timedelta(days=3))]
        self.goal = plans.add_goal(
            self.plan, words=f"A room in {self.mark}", item="A1", strength_item="A3", steps=steps, **by
        )
        self.step = self.goal.steps.get()

    def _around(self):
        """Somebody in the corner, and a condition."""
        by = {"by": self.practitioner, "at": self.now - timedelta(days=2)}
        said = {"relation": "Aunt", "ring": "1", "helps": "", "phone": "", "contact": "ask"}
        self.supporter = corner.name(self.case, name=f"Joss {self.mark}", **said, **by)
        self.condition = conditions.write(self.case, words=f"At home at ten {self.mark}", **by)
        entry = kinds.find(self.practitioner, "condition", self.condition.pk)
        self.contest = contests.say(entry, words="Not so", asks="correct", through="together", **by)
        hidden = kinds.find(self.practitioner, "supporter", self.supporter.pk)
        self.held = my_record.hold_back(hidden, reason="source", words=f"Promised in {self.mark}", **by)
        said = {"parts": ["conditions"], "lasts": timedelta(hours=72)}
        self.link, self.link_token, self.link_code = my_record.make_link(self.case, **said, **by)

    def _write_down(self):
        said = (Said("said", f"Said in {self.mark}"), Said("reported", "Told", f"Joss {self.mark}"))
        note = Note(self.now - timedelta(hours=30), words=f"Went to {self.mark}", statements=said)
        self.contact = contacts.write(self.case, note=note, by=self.practitioner, at=self.now)

    def _look_after(self):
        """A pulse that may be amended, and a safety plan of which somebody has a copy."""
        by = {"by": self.practitioner, "at": self.now - timedelta(days=2)}
        self.pulse = assessments.keep_pulse(
            self.case, arrows={"A1": "worsening"}, own_words=f"Said in {self.mark}", base=None, **by
        )
        words = {"alone": f"Walk to {self.mark}"}
        self.safety_plan = safety_plans.keep(self.case, words=words, base=0, **by)
        given = {"whose": f"Aunt {self.mark}", "since": self.today - timedelta(days=2)}
        self.plan_copy = safety_plans.hand_out(self.safety_plan, **given, **by)

    def _land(self):
        """A list with a line confirmed and one left away, and a board with one lamp lit."""
        by = {"by": self.practitioner, "at": self.now - timedelta(days=2)}
        who, day = f"Desk of {self.mark}", self.today - timedelta(days=3)
        landing.confirm(self.case, line="papers", who=who, how="letter", on=day, **by)
        landing.not_needed(self.case, line="no_contact", words=f"None in {self.mark}", **by)
        landing.light(self.case, lamp="met", note=f"At the gate of {self.mark}", **by)

    def _papers(self):
        """A paper that is being covered, another with a copy that may leave, a letter and its template."""
        by = {"by": self.practitioner, "at": self.now - timedelta(days=2)}
        data = files.picture(size=(60, 80))
        given = {"original": data, "clean": apart.cleaned(data), "name": f"Answer of {self.mark}"}
        given |= {"kind": "letter", "source": "person", "seen_by": "everybody"}
        self.document = documents.add(self.case, **given, **by)
        self.redaction = documents.begin_redaction(self.document, **by)
        self.redaction = documents.mark(
            self.redaction,
            page=1,
            base=self.redaction.stands_at(1),
            fields=["1-1"],
            boxes=[[0, 0, 9, 9]],
            **by,
        )
        other = documents.add(self.case, **given, **by)
        begun = documents.begin_redaction(other, **by)
        drawn = apart.redacted(data, "image/jpeg", {})
        self.copy = documents.make_copy(begun, made=drawn, marks=begun.marks, **by)
        self.letter = documents.begin_letter(self.case, template=None, **by)
        done = documents.begin_letter(self.case, template=None, **by)
        words = {"to": "", "subject": f"About {self.mark}", "words": "Dear all"}
        self.finished_letter = documents.finish_letter(done, base=1, **words, **by)
        text = {"name": f"Template of {self.mark}", "subject": "About", "text": "Dear {name}"}
        self.letter_template = documents.add_template(self.organisation, language="en", **text, **by)

    def _look_again(self):
        self.review = reviews.begin(
            self.case, occasion="other", talk_again=False, by=self.practitioner, at=self.now
        )

    def _end(self):
        """One support about to end, whose letter is being written, and one that ended."""
        self.ending_case, self.closed_case = map(self._case, ("Nadia", "Vera"))
        account = reviews.Account(reason="settled", view="agrees", waits=f"Words of {self.mark}")
        by = {"by": self.practitioner, "at": self.now}
        self.ending, closing = (
            reviews.prepare(case, account, base=0, **by) for case in (self.ending_case, self.closed_case)
        )
        words = reviews.LetterWords("en", ring=f"{self.mark}: 000 555", keeping="Until then")
        reviews.close(closing, words, base=1, **by)
        self.call = closing.calls.first()

    def _ask(self):
        """A questionnaire that goes on, one that may be finished, and one on the agency's own practice."""
        by = {"by": self.practitioner, "at": self.now - timedelta(days=2)}
        self.asking = instruments.publish(arrival(sensitive=False), {}, by=None, at=self.now)
        own = arrival(**{"for": "organisation", "instrument": "practice"})
        self.asking_us = instruments.publish(own, {}, by=None, at=self.now)
        self.questionnaire = questionnaires.begin(self.case, published=self.asking, **by)
        self.answered = questionnaires.begin(self.ready_case, published=self.asking, **by)
        answers = {"called": f"Samira {self.mark}", "has_home": "no", "age": 30}
        given = {"names": set(answers), "base": self.answered.mark(set(answers)), "position": 2}
        questionnaires.keep(self.answered, answers=answers, **given, **by)
        ours = {"published": self.asking_us, "by": self.supervisor, "at": self.now - timedelta(days=1)}
        self.practice, self.looked_at = (
            questionnaires.look_at_practice(self.organisation, **ours) for _ in range(2)
        )
        ours.pop("published")
        given["base"] = self.looked_at.mark(set(answers))
        questionnaires.keep(self.looked_at, answers=answers, **given, **ours)
        questionnaires.finish(self.looked_at, **ours)
        what = {"about": "home", "words": f"A lamp for {self.mark}", "owner": self.supervisor}
        self.chosen = questionnaires.choose(self.looked_at, **what, by_when=self.today, **ours)

    def _choose(self):
        """A programme that goes on, another that rests, and the answers before a restorative step."""
        by = {"by": self.practitioner, "at": self.now - timedelta(days=2)}
        said = {"says": "yes", "words": f"Yes, {self.mark}"}
        self.offer = programmes.choose(self.case, programme="mentoring", **said, **by)
        self.resting = programmes.choose(self.case, programme="changing-course", **said, **by)
        programmes.pause(self.resting, reason="away", **by)
        answers = dict.fromkeys(programmes.ANSWERED, f"Words of {self.mark}")
        answers |= {"victim": "asked", "rules": "allow"}
        self.safety_check = programmes.answer_check(self.case, **answers, base=0, **by)

    def _move_in(self):
        """`tried` is a list that waits, with words nobody knows; `moved` has moved in."""
        by, at = self.supervisor, self.now - timedelta(days=1)

        def brought(number, **changed):
            row = lists.row(number, today=self.today, Nome=f"Testa {self.mark}", **changed)
            found = imports.bring(
                self.team, file=lists.as_csv([row]), reason=f"From {self.mark}", by=by, at=at
            )
            return imports.choose_map(found, map=from_dict(lists.said(self.organisation)), by=by, at=at)

        self.tried = brought(1, **{"Sinalizado por": f"Desk {self.mark}"})
        self.moved = imports.begin(brought(2), by=by, at=at)
        move_in_from_safe(self.moved, until=self.now + timedelta(days=1))

    def _set_up(self):
        given = {"name": f"Noa {self.mark}", "email": f"noa@{self.mark.lower()}.example.org"}
        given |= {"role": Role.PRACTITIONER, "team": self.team, "language": "en"}
        self.invitation, self.token = organisations.invite(
            self.organisation, **given, by=self.administrator, at=self.now
        )

    def _let_out(self):
        """A program's token, an export that waits for a second person, and one that may be taken."""
        by = {"by": self.practitioner, "at": self.now}
        given = {"purpose": f"List of {self.mark}", "scopes": ["read"], "days": 30}
        self.api_token, _ = api.make_token(self.organisation, **given, **by)
        place, by = factories.membership(self.supervisor), {"by": self.supervisor, "at": self.now}
        asked = {"what": "caseload", "format": "csv"}
        self.export_without_names = exports.ask(place, **asked, **by)
        self.export = exports.ask(place, **asked, is_identifiable=True, reason=f"For {self.mark}", **by)

    def _hand_over(self):
        """A note that waits, another that was handed over, days away, and what is shown to the supervisor."""
        by = {"by": self.supervisor, "at": self.now}
        given_case = self._case("Uli")
        plan = supervision.Plan([self.ready_case, given_case], self.deputy, "lead")
        hand_over = supervision.prepare(self.practitioner, plan=plan, **by)
        self.note, self.given_note = (hand_over.notes.get(case=one) for one in (self.ready_case, given_case))
        supervision.give(self.given_note, **by)
        days = {"starts": self.today, "ends": self.today + timedelta(days=3), "stands_in": self.deputy}
        place = factories.membership(self.practitioner)
        self.absence = supervision.plan_absence(place, **days, **by)
        own = {"by": self.practitioner, "at": self.now}
        self.check = supervision.write(self.practitioner, how=f"Tired in {self.mark}", **own)
        supervision.show(self.check, to=self.supervisor, **own)

    def _set_aside(self):
        """Two records that are kept and not used; of one the person knows that this ends."""
        own = {"by": self.practitioner, "at": self.now}
        why = {"ground": "accuracy", "words": f"The dates about {self.mark} are wrong"}
        asked, told = (guards.set_aside(self._case(name), **why, **own) for name in ("Asta", "Odo"))
        guards.tell(told, told="said", **own)
        self.aside, self.told_aside = asked, told

    def _hurry(self):
        """A colleague opened one of the records in an emergency, and something needs two people."""
        said = {"reason": "life", "words": f"Somebody stands at the door in {self.mark}"}
        place = factories.membership(self.colleague)
        self.emergency = guards.open_in_emergency(
            place, reference=self.handed_case.reference, **said, by=self.colleague, at=self.now
        )
        own = {"by": self.practitioner, "at": self.now}
        asked = {"received_on": self.today, "how": "said", "checked": "known"}
        self.file_request = rights.ask(self.ready_case, **asked, **own)
        out = {"reason": "source", "why": f"Somebody in {self.mark} told us"}
        words = self.ready_case.person.name.split()[0]
        second = {"by": self.supervisor, "at": self.now}
        self.passage = rights.leave_out(self.file_request, words=words, **out, **second)
        said = {"about": "treated", "words": f"Not heard in {self.mark}", "by": None, "at": self.now}
        self.complaint, self.complaint_words = rights.complain(self.organisation, **said)
        self.sorted_complaint, _words = rights.complain(self.organisation, **said)
        rights.say_whom(self.sorted_complaint, users=[], by=self.officer, at=self.now)
        self.proposal = organisations.propose(
            self.organisation, kind=RETENTION_RUN, content=b"x", by=self.administrator, at=self.now
        )
        said = {"reason": "claim", "review_on": self.now.date() + timedelta(days=30)}
        self.hold = keeping.hold(
            self.organisation, reference=self.ready_case.reference, **said, by=self.officer, at=self.now
        )
