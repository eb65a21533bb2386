"""How a support ends: an account, a letter, a record that is read only, and a way back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from r2com.access import grants
from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.assessments import actions as assessments
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember, Closed, Closure
from r2com.core.refusals import Changed, Refused
from r2com.organisations import actions as organisations
from r2com.people import actions as people
from r2com.people.models import Choice
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.plans.models import Answer, Plan
from r2com.reviews import actions, letter
from r2com.reviews.models import Closing, GoalEnd, Letter, TaskEnd
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from .. import factories


@pytest.fixture
def goal(case, practitioner, now):
    """A goal with a step that was done and one that was not, agreed with the person."""
    at = now - timedelta(days=5)
    plan = plans.begin(case, None, by=practitioner, at=at)
    plans.change(plan, base=1, ring="Ines: 000 555 0141", by=practitioner, at=at)
    steps = [NextStep("Hand in the form", "", practitioner), NextStep("Choose the curtains", "Milo")]
    goal = plans.add_goal(
        plan, words="A room I can lock", item="A1", strength_item="E1", steps=steps, by=practitioner, at=at
    )
    plans.finish_step(goal.steps.first(), by=practitioner, at=at)
    shown = Plan.objects.get(pk=plan.pk)
    plans.record_answer(shown, base=shown.edition, says=Answer.Says.AGREES, by=practitioner, at=at)
    return goal


@pytest.fixture
def task(case, practitioner, now):
    at = now - timedelta(days=2)
    return tasks.promise(
        case, words="Ring the bank", owner=practitioner, due=at.date(), by=practitioner, at=at
    )


def account(goal=None, task=None, **changed):
    said = {
        "reason": "settled",
        "view": "agrees",
        "waits": "Choose the curtains",
        "told": "Probation, on Monday",
    }
    goals = (
        [actions.GoalAccount(goal, "partly", "person", "The key is mine", "It is all of it")] if goal else []
    )
    ends = [actions.TaskAccount(task, "handed", "Bea at the advice desk")] if task else []
    return actions.Account(**{**said, "goals": goals, "tasks": ends, **changed})


def prepared(case, by, at, *rows):
    return actions.prepare(case, account(*rows), base=0, by=by, at=at)


def closed(case, by, at, *rows):
    closing = prepared(case, by, at, *rows)
    words = actions.LetterWords("en", ring="Lantern: 000 555 0100", keeping="Until then")
    actions.close(closing, words, base=1, by=by, at=at)
    return Closing.objects.get()


def address(name, case):
    return reverse(name, args=[case.reference])


def filled(goal, task, **changed):
    said = {"base": 0, "reason": "settled", "view": "agrees", "calls_wanted": "yes", "waits": "The curtains"}
    said |= {f"how_{goal.pk.hex}": "reached", f"whose_{goal.pk.hex}": "person"}
    return said | {f"what_{task.pk.hex}": "finished"} | changed


def read(answer):
    return answer.content.decode()


# The account


def test_the_account_leaves_the_record_open(case, goal, task, practitioner, now):
    closing = prepared(case, practitioner, now, goal, task)

    assert Case.objects.get().is_open
    assert Task.objects.open().get() == task
    end = closing.goals.get()
    assert (end.how, end.whose, end.words, end.view) == (
        "partly",
        "person",
        "The key is mine",
        "It is all of it",
    )
    assert Event.objects.get(name="closing.written").facts == {"reason": "settled"}


def test_it_can_be_written_anew_until_it_ends(case, goal, task, practitioner, now):
    prepared(case, practitioner, now, goal, task)

    actions.prepare(case, account(goal, task, reason="moved"), base=1, by=practitioner, at=now)

    assert (Closing.objects.get().reason, GoalEnd.objects.count(), TaskEnd.objects.count()) == ("moved", 1, 1)


def test_two_who_write_it_at_once_both_see_it(case, goal, task, practitioner, now):
    prepared(case, practitioner, now, goal, task)

    with pytest.raises(Changed):
        actions.prepare(case, account(goal, task), base=0, by=practitioner, at=now)


def test_a_task_that_nobody_answered_for_stops_it(case, goal, task, practitioner, now):
    with pytest.raises(Refused, match="becomes of each one"):
        prepared(case, practitioner, now, goal)

    assert not Closing.objects.exists()


def test_a_task_that_came_meanwhile_stops_the_end_too(case, goal, practitioner, now):
    closing = prepared(case, practitioner, now, goal)
    tasks.promise(case, words="One more", owner=practitioner, due=now.date(), by=practitioner, at=now)

    with pytest.raises(Refused, match="becomes of each one"):
        actions.close(
            closing, actions.LetterWords("en", ring="x", keeping="x"), base=1, by=practitioner, at=now
        )

    assert Case.objects.get().is_open


@pytest.mark.parametrize("changed", [{"view": "differs"}, {"view": "not_asked"}])
def test_the_persons_view_is_never_left_out(case, practitioner, now, changed):
    with pytest.raises(Refused, match="how the person sees it"):
        actions.prepare(case, account(**changed), base=0, by=practitioner, at=now)


def test_what_is_dropped_has_a_reason(case, task, practitioner, now):
    dropped = [actions.TaskAccount(task, "dropped", " ")]

    with pytest.raises(Refused, match="why it is dropped"):
        actions.prepare(case, account(tasks=dropped), base=0, by=practitioner, at=now)


def test_only_those_who_rate_end_it(case, supervisor, colleague, stranger, practitioner, now):
    for other in (supervisor, colleague, stranger):
        with pytest.raises(Refused):
            actions.prepare(case, account(), base=0, by=other, at=now)
    closing = prepared(case, practitioner, now)

    for other in (supervisor, colleague, stranger):
        with pytest.raises(Refused):
            actions.close(closing, actions.LetterWords("en", ring="x", keeping="x"), base=1, by=other, at=now)

    assert Case.objects.get().is_open


# The letter


def test_the_letter_begins_with_what_is_known(case, goal, task, practitioner, now):
    case.organisation.phone = "000 555 0100"
    case.organisation.save()
    tasks.finish(
        tasks.promise(
            case, words="Find the form", owner=practitioner, due=now.date(), by=practitioner, at=now
        ),
        by=practitioner,
        at=now,
    )

    begun = letter.begun(prepared(case, practitioner, now, goal, task), practitioner, now)

    assert begun["you_did"] == "The key is mine"
    assert begun["we_did"] == "Hand in the form\nFind the form"
    assert begun["waits"] == "Choose the curtains\nRing the bank: Bea at the advice desk"
    assert begun["ring"].startswith("Ines: 000 555 0141\nLantern: 000 555 0100\nOur door stays open.")
    assert "data@example.org" in begun["keeping"]


def test_the_letter_speaks_the_persons_language(case, practitioner, now):
    people.correct(case.person, base=1, language="pt", by=practitioner, at=now)
    case = Case.objects.with_people().get()

    begun = letter.begun(prepared(case, practitioner, now), practitioner, now)

    assert begun["language"] == "pt"
    assert "door stays open" not in begun["ring"]


def test_a_letter_says_at_least_whom_to_ring_and_what_is_kept(case, practitioner, now):
    closing = prepared(case, practitioner, now)

    with pytest.raises(Refused, match="at least who to ring"):
        actions.close(closing, actions.LetterWords("en", you_did="All"), base=1, by=practitioner, at=now)

    assert Case.objects.get().is_open


def test_nobody_writes_to_somebody_who_died(case, practitioner, now):
    closing = actions.prepare(case, account(reason="died"), base=0, by=practitioner, at=now)

    actions.close(closing, actions.LetterWords("en"), base=1, by=practitioner, at=now)

    assert not Letter.objects.exists()
    assert not closing.calls.exists()


def test_a_letter_to_another_account_is_not_sent(case, practitioner, now):
    closing = prepared(case, practitioner, now)
    actions.prepare(case, account(reason="moved"), base=1, by=practitioner, at=now)

    with pytest.raises(Changed):
        actions.close(
            closing, actions.LetterWords("en", ring="x", keeping="x"), base=1, by=practitioner, at=now
        )


# The end


def test_closing_keeps_all_of_it_at_once(case, goal, task, practitioner, now):
    closing = closed(case, practitioner, now, goal, task)

    case.refresh_from_db()
    assert not case.is_open
    assert closing.closure == case.closure == Closure.objects.get()
    assert (case.closure.reason, case.closure.closed_by, case.closure.closed_at) == (
        "settled",
        practitioner,
        now,
    )
    assert not Task.objects.open().exists()
    assert Task.objects.get().done.words == "Somebody else does it: Bea at the advice desk"
    assert closing.letter.ring == "Lantern: 000 555 0100"
    assert {"case.closed", "closing.kept", "task.done"} <= set(Event.objects.values_list("name", flat=True))


def test_what_fails_leaves_everything_open(case, task, practitioner, now, monkeypatch):
    closing = prepared(case, practitioner, now, None, task)
    monkeypatch.setattr("r2com.reviews.actions.closing.Letter", None)

    with pytest.raises(AttributeError):
        actions.close(
            closing, actions.LetterWords("en", ring="x", keeping="x"), base=1, by=practitioner, at=now
        )

    assert Case.objects.get().is_open
    assert Task.objects.open().exists()


def test_it_is_kept_until_two_years_after_the_last_call(case, practitioner, now):
    case.release_on, case.opened_at = date(2026, 1, 31), now
    closing = closed(Case.objects.get(), practitioner, now)

    kept = Closure.objects.get().kept_until
    last = closing.calls.last().due
    assert (kept.year, kept.month) == (last.year + 2, last.month)


def test_without_calls_it_is_counted_from_the_closing(case, practitioner, now, today):
    closing = actions.prepare(case, account(calls_wanted=False), base=0, by=practitioner, at=now)
    actions.close(closing, actions.LetterWords("en", ring="x", keeping="x"), base=1, by=practitioner, at=now)

    kept = Closure.objects.get().kept_until
    assert not closing.calls.exists()
    assert (kept.year, kept.month) == (today.year + 2, today.month)


def test_the_agencys_own_rule_counts(case, organisation, administrator, practitioner, now, today):
    organisations.keep_for(organisation, kind="closed", months=1, reason="Our rule", by=administrator, at=now)

    closure = cases.close(case, reason="asked", by=practitioner, at=now)

    assert today + timedelta(days=27) < closure.kept_until < today + timedelta(days=32)


# Read only


def test_whoever_works_here_only_reads_from_now_on(case, practitioner, supervisor, mentor, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=1))

    cases.close(case, reason="settled", by=practitioner, at=now)

    follow = {May.READ, May.READ_SENSITIVE, May.FOLLOW_UP}
    may = {grant.user: set(grant.may) for grant in Grant.objects.filter(case=case.pk)}
    assert may == {practitioner.pk: follow, supervisor.pk: follow, mentor.pk: {May.READ}}


def test_a_partner_agency_sees_a_closed_case_no_more(case, team, practitioner, now):
    partner = factories.user("Pia Elsewhere", "partner", team, at=now - timedelta(days=9))
    factories.yes(case, by=practitioner, at=now - timedelta(days=1))
    cases.place(case, partner, part=CaseMember.Part.PARTNER, by=practitioner, at=now - timedelta(hours=1))
    assert Case.objects.visible_to(partner).exists()

    cases.close(case, reason="settled", by=practitioner, at=now)

    assert not Case.objects.visible_to(partner).exists()


def writing(case, goal, task, by, at):
    """Every kind of writing in a record, by name."""
    plan, step = Plan.objects.get(case=case), goal.steps.last()
    member = case.members.get(part=CaseMember.Part.LEAD)
    who = {"by": by, "at": at}
    return {
        "place": lambda: cases.place(case, by, part=CaseMember.Part.DEPUTY, **who),
        "end_place": lambda: cases.end_place(member, **who),
        "close": lambda: cases.close(case, reason="asked", **who),
        "promise": lambda: tasks.promise(case, words="x", owner=by, due=at.date(), **who),
        "ask": lambda: tasks.ask(case, words="x", owner=by, due=at.date(), **who),
        "move": lambda: tasks.move(task, owner=by, due=at.date(), **who),
        "finish": lambda: tasks.finish(task, **who),
        "begin a talk": lambda: assessments.begin(case, kind="full", **who),
        "begin a plan": lambda: plans.begin(case, None, **who),
        "answer": lambda: plans.record_answer(plan, base=plan.edition, says="agrees", **who),
        "finish a step": lambda: plans.finish_step(step, **who),
        "begin a review": lambda: actions.begin(case, occasion="other", talk_again=False, **who),
        "prepare": lambda: actions.prepare(case, account(), base=0, **who),
    }


def test_no_action_writes_in_a_closed_case_even_with_a_grant_left_over(case, goal, task, practitioner, now):
    closed(case, practitioner, now, goal, task)
    Grant.objects.filter(case=case.pk).update(may=[str(one) for one in May])

    for write in writing(case, goal, task, practitioner, now).values():
        with pytest.raises(Closed):
            write()


def test_a_closed_assessment_takes_nothing(case, published, practitioner, supervisor, now):
    talk = assessments.begin(case, kind="full", by=practitioner, at=now)
    cases.close(case, reason="settled", by=practitioner, at=now)

    with pytest.raises(Closed):
        talk.must_be_open()
    with pytest.raises(Closed):
        assessments.sign_off(talk, comments="", by=supervisor, at=now)


def test_a_yes_can_still_be_taken_back(sign_in, case, practitioner, now):
    choice = factories.yes(case, by=practitioner, at=now - timedelta(days=1))
    cases.close(case, reason="settled", by=practitioner, at=now)
    page = reverse("withdraw", args=[case.reference, choice.pk])

    assert "Withdraw" in read(sign_in(practitioner).get(address("explain", case)))
    assert sign_in(practitioner).post(page, {"how": "said"}).status_code == 302

    assert Choice.objects.get().is_withdrawn


def test_lists_show_open_cases_and_closed_ones_are_found(sign_in, case, goal, practitioner, now):
    client = sign_in(practitioner)
    assert "Milo Fernweh" in read(client.get("/people/"))
    cases.close(case, reason="settled", by=practitioner, at=now)

    for page in ("/", "/people/"):
        assert "Milo Fernweh" not in read(client.get(page))
    assert "Milo Fernweh" in read(client.get("/people/?show=closed"))
    assert "read only" in read(client.get(case.get_absolute_url()))


def test_what_was_typed_and_not_kept_waits_for_the_record_to_be_opened_again(
    sign_in, case, practitioner, now
):
    from r2com.drafts import actions as drafts

    drafts.save(
        f"profile:{case.pk}",
        fields={"matters": ["Half a sentence"]},
        base=0,
        case=case.pk,
        by=practitioner,
        at=now,
    )
    cases.close(case, reason="settled", by=practitioner, at=now)
    client = sign_in(practitioner)
    assert client.get(address("profile", case)).status_code == 404

    cases.reopen(case, why="Asked back", by=practitioner, at=now)

    assert "Half a sentence" in read(client.get(address("profile", case)))


# Opening it again


def test_it_is_opened_again_with_a_reason(sign_in, case, practitioner, now):
    closed(case, practitioner, now)

    answer = sign_in(practitioner).post(address("reopen", case), {"why": "He rang: the room is gone."})

    case.refresh_from_db()
    assert answer.status_code == 302
    assert case.is_open
    assert Closure.objects.get().reopening.why == "He rang: the room is gone."
    assert grants.allows(practitioner, case.pk, May.RATE)
    assert Event.objects.filter(name="case.reopened", case=case.pk).count() == 1


def test_the_supervisor_can_open_it_again_and_nobody_without_reason(case, supervisor, practitioner, now):
    cases.close(case, reason="settled", by=practitioner, at=now)

    with pytest.raises(Refused, match="why the support goes on"):
        cases.reopen(case, why=" ", by=supervisor, at=now)
    cases.reopen(case, why="The deputy goes on", by=supervisor, at=now)

    with pytest.raises(Refused, match="open already"):
        cases.reopen(case, why="Again", by=supervisor, at=now)


def test_strangers_and_mentors_do_not_open_it(sign_in, case, mentor, colleague, stranger, practitioner, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=1))
    closed(case, practitioner, now)

    for other in (mentor, colleague, stranger):
        client = sign_in(other)
        pages = [address(name, case) for name in ("reopen", "closing", "closing_letter", "reviews")]
        assert {client.get(page).status_code for page in pages} == {404}
        assert client.post(address("reopen", case), {"why": "x"}).status_code == 404

    assert not Case.objects.get().is_open


def test_a_second_end_is_a_record_of_its_own(case, practitioner, now):
    closed(case, practitioner, now)
    cases.reopen(case, why="Asked back", by=practitioner, at=now)

    again = actions.prepare(case, account(reason="handed_on"), base=0, by=practitioner, at=now)
    actions.close(again, actions.LetterWords("en", ring="x", keeping="x"), base=1, by=practitioner, at=now)

    assert Closure.objects.count() == 2
    assert Case.objects.get().closure.reason == "handed_on"


# The pages


def test_from_the_page_to_the_printed_letter(sign_in, case, goal, task, practitioner, now):
    client = sign_in(practitioner)
    page = read(client.get(address("closing", case)))
    assert "Choose the curtains" in page
    assert "One task is open" in page

    answer = client.post(address("closing", case), filled(goal, task))
    begun = client.get(address("closing_letter", case))
    offered = begun.context["form"].initial
    words = {part: offered[part] for part in letter.PARTS}
    client.post(address("closing_letter", case), {**words, "base": 1, "you_did": "You stayed."})

    assert answer.url == address("closing_letter", case)
    assert "In English, begun from what is known" in read(begun)
    assert "You stayed." in read(client.get(address("closing_letter", case)))
    assert "A room I can lock" in read(client.get(address("closing", case)))
    printed = client.get(address("closing_letter_pdf", case))
    assert b"".join(printed).startswith(b"%PDF")
    assert Event.objects.filter(name="letter.printed", case=case.pk).count() == 1


def test_the_form_says_what_is_missing_and_keeps_the_words(sign_in, case, goal, task, practitioner):
    sent = filled(goal, task, view="differs", waits="These words stay")
    sent[f"what_{task.pk.hex}"] = "dropped"

    page = read(sign_in(practitioner).post(address("closing", case), sent))

    assert "Write how the person sees it" in page
    assert "why it is dropped" in page
    assert "These words stay" in page
    assert not Closing.objects.exists()


def test_both_versions_are_shown_when_two_wrote(sign_in, case, goal, task, practitioner, now):
    prepared(case, practitioner, now, goal, task)

    page = read(sign_in(practitioner).post(address("closing", case), filled(goal, task, waits="Mine")))

    assert "changed in two places" in page
    assert "Mine" in page
    assert "Choose the curtains" in page


def test_there_is_no_letter_before_there_is_an_account(sign_in, case, practitioner):
    answer = sign_in(practitioner).get(address("closing_letter", case))

    assert answer.url == address("closing", case)
    assert sign_in(practitioner).get(address("closing_letter_pdf", case)).status_code == 404


def test_a_closing_without_account_is_shown_honestly(sign_in, case, practitioner, now):
    cases.close(case, reason="lost_touch", by=practitioner, at=now)
    client = sign_in(practitioner)

    assert "Nothing was written about the end" in read(client.get(address("closing", case)))
    assert client.get(address("closing_letter", case)).status_code == 404


def test_the_letter_names_no_programme_and_no_reason(case, goal, task, practitioner, now):
    from r2com.reviews import paper

    closing = closed(case, practitioner, now, goal, task)

    words = str(paper.letter_words(closing))

    assert "Association" not in words
    assert "They have what they came for" not in words
    assert "Open TV-RAT" not in words


def test_the_closing_page_asks_few_queries_however_much_there_is(
    sign_in, case, goal, task, practitioner, now, count_queries
):
    client = sign_in(practitioner)
    with count_queries() as few:
        client.get(address("closing", case))
    for number in range(20):
        tasks.promise(
            case, words=f"Ring {number}", owner=practitioner, due=now.date(), by=practitioner, at=now
        )

    with count_queries() as many:
        client.get(address("closing", case))

    assert len(many.asked) == len(few.asked)
    assert len(many.asked) <= 12, "\n".join(many.asked)
