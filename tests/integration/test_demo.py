"""The demonstration: an invented agency that looks like a working day, and never mixes with a real one."""

import shutil
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone

from r2com.access import grants
from r2com.access.models import Grant
from r2com.access.roles import Role
from r2com.accounts.demo_codes import current_codes
from r2com.accounts.models import User
from r2com.assessments.models import Assessment
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.cases.models import Case, CaseMember, Door
from r2com.cases.phases import Phase
from r2com.config import installation
from r2com.config.demo import begin, many, names
from r2com.contacts.models import Contact
from r2com.landing import board, gate
from r2com.landing.models import Begun
from r2com.observations.models import Observation
from r2com.organisations.models import Membership, Organisation
from r2com.people.models import Choice, Person
from r2com.plans.models import Plan
from r2com.questionnaires.models import Chosen, Questionnaire
from r2com.supervision import notes
from r2com.supervision.models import Absence, StrainCheck
from r2com.tasks.models import Task
from r2com.threads import reading
from r2com.threads.models import Thread

from .test_cli import init, r2com, rows

MADE = "ZZ-0"  # how the references of the further cases begin, and no other


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The invented agency, brought in once for all tests here and taken out after the last."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keyring"):
        begin.begin(at=timezone.localtime())
        yield
        for alias in ("default", "keyring"):
            transaction.set_rollback(True, using=alias)


@pytest.fixture
def agency(loaded, db):
    return Organisation.objects.get()


def case_of(name):
    return next(case for case in Case.objects.with_people() if case.person.name == name)


def test_everybody_in_the_list_of_names_is_there(agency):
    there = sorted(person.name for person in Person.objects.all())

    assert there == sorted(person["name"] for person in names.people())


def test_a_second_time_brings_nothing(agency, now):
    before = Event.objects.count()

    assert begin.begin(at=timezone.localtime(now)) is False
    assert (Event.objects.count(), Person.objects.count()) == (before, len(names.people()))


def test_people_are_in_every_phase(agency, today):
    phases = {case.phase_on(timezone.localdate()) for case in Case.objects.all()}

    assert phases == set(Phase) - {Phase.UNKNOWN}


def test_every_role_of_the_house_is_played(agency):
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role) - {Role.PARTNER}


def test_nothing_lies_in_the_future(agency, now):
    late = Event.objects.filter(at__gt=now + timedelta(minutes=1))

    assert list(late) == []


def test_one_person_was_declined(agency):
    assert Door.objects.filter(answer=Door.Answer.DECLINED).count() == 1


def test_all_of_selas_items_are_rated_and_signed_off(agency):
    assessment = case_of("Sela Windermoor").assessments.get()
    guide = instrument_of(assessment, "en")

    assert {rating.item for rating in assessment.ratings.all()} == {item.id for item in guide.items}
    assert assessment.is_signed_off


def test_sela_agreed_to_her_plan(agency):
    plan = Plan.objects.whole().get(case=case_of("Sela Windermoor"))

    assert plan.is_agreed
    assert len(plan.kept_goals) == 4


def test_milo_has_an_open_assessment_and_a_draft(agency):
    case = case_of("Milo Fernweh")

    assert not case.assessments.get().is_handed_in
    assert Plan.objects.whole().get(case=case).is_draft


def test_jory_was_asked_three_times(agency):
    kinds = [assessment.kind for assessment in case_of("Jory Pepperell-Wick").assessments.all()]

    assert kinds == [Assessment.Kind.REVIEW, Assessment.Kind.FULL, Assessment.Kind.FIRST_LOOK]


def test_something_waits_for_the_supervisor(agency):
    waiting = [a.case.person.name for a in Assessment.objects.all() if a.is_handed_in and not a.is_signed_off]

    assert waiting == ["Corvin Ashgrove-Tallow"]


def test_choices_were_given_refused_and_taken_back(agency):
    choices = Choice.objects.select_related("withdrawal")
    said = {(choice.agreed, choice.is_withdrawn) for choice in choices}

    assert said == {(True, False), (True, True), (False, False)}


def test_tasks_are_due_today_tomorrow_and_overdue(agency):
    today = timezone.localdate()
    due = set(Task.objects.open().values_list("due", flat=True))

    assert {today, today + timedelta(days=1)} < due
    assert min(due) < today


def test_a_form_from_elsewhere_was_answered(agency):
    answered = Questionnaire.objects.filter(published__instrument="keys-in-hand")

    assert {one.case.person.called: one.is_finished for one in answered} == {"Milo": True, "Sela": False}


def test_somebody_reads_portuguese(agency):
    person = case_of("Brisa Candeeiro d’Orvalho").person

    assert person.language == "pt"
    assert person.notices_given.get().notice.language == "pt"


def test_names_of_every_kind_fit(agency):
    shown = [person.name for person in Person.objects.all()]

    assert max(map(len, shown)) > 60
    assert any(ord(letter) > 255 for name in shown for letter in name if letter.isalpha())


def test_the_cast_signs_in_with_the_code_that_is_shown(agency, settings):
    settings.DEMO = True

    for player in current_codes():
        user = User.objects.get(email=player.email)
        assert user.check_password(player.password)
        assert TOTP(Authenticator.objects.get(user=user)).validate_code(player.code)


def test_the_cast_does_not_sign_in_with_another_code(agency):
    app = Authenticator.objects.get(user__email="ines@lantern.example")

    assert not TOTP(app).validate_code("not it")


def test_the_rows_say_that_they_are_invented(agency):
    assert installation.kind_of_rows() == installation.DEMO


def grow_to(count, now):
    """Has so many further cases, and gives the lines that were said."""
    told = []
    many.grow_to(count, at=timezone.localtime(now), tell=told.append)
    return told


def made():
    return Case.objects.filter(reference__startswith=MADE).order_by("reference")


def user(email):
    return User.objects.get(email=f"{email}@lantern.example")


def test_many_more_cases_look_like_the_others(agency, now):
    told = grow_to(41, now)

    assert told == ["41 of 41 further cases are in."]
    one = made().first()
    assert one.person.short_name == one.person.name.split()[0]
    assert [member.part for member in one.members.all()] == [CaseMember.Part.LEAD]
    assert one.door.answer == Door.Answer.ADMITTED
    assert Plan.objects.whole().get(case=one).is_agreed
    assert one.tasks.first().words


def test_a_reference_that_only_begins_like_theirs_is_not_counted(agency, now):
    one = Case.objects.first()
    Case.objects.filter(pk=one.pk).update(reference="ZZ-6617")

    assert grow_to(2, now) == ["2 of 2 further cases are in."]


def test_many_more_cases_are_seen_by_their_worker_and_supervisor_and_by_nobody_else(agency, now):
    grow_to(41, now)

    assert made().visible_to(user("wren")).count() == 40
    assert made().visible_to(user("team-000000-8")).count() == 41
    assert not made().visible_to(user("ines")).exists()


def test_the_grants_of_many_more_cases_are_what_follows_from_the_facts(agency, now):
    def granted(rows):
        return {(g.user, g.case, g.person, *g.may, g.source, g.since, g.until, g.day) for g in rows}

    grow_to(25, now)
    cases = set(made().values_list("pk", flat=True))

    assert granted(Grant.objects.filter(case__in=cases)) == granted(grants.derived(cases))


def test_a_run_that_was_stopped_goes_on_with_the_same_people(agency, now):
    grow_to(3, now)
    first = [case.person.name for case in made()]

    grow_to(6, now)
    grow_to(6, now)

    assert [case.person.name for case in made()][:3] == first
    assert made().count() == 6
    assert len(set(made().values_list("team", flat=True))) == 1


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A demonstration made by the command, and what it said."""
    home = tmp_path_factory.mktemp("demo")
    return home, r2com(home, "demo", "--prepare")


def test_the_command_shows_who_can_sign_in(shown):
    _, said = shown

    assert (said.returncode, said.stderr) == (0, "")
    assert "ines@lantern.example" in said.stdout
    assert "This is a demonstration. Every person in it is invented." in said.stdout


def test_the_command_loads_nothing_again(shown):
    home, _ = shown
    before = rows(home, "SELECT count(*) FROM audit_event")

    again = r2com(home, "demo", "--prepare")

    assert "nothing was loaded again" in again.stdout
    assert rows(home, "SELECT count(*) FROM audit_event") == before


def test_a_demonstration_is_well(shown):
    home, _ = shown

    assert r2com(home, "check", R2COM_DEMO="1").stdout.startswith("All is well.\n")


def test_a_demonstration_never_becomes_a_real_installation(shown):
    home, _ = shown

    said = init(home)

    assert said.returncode == 1
    assert "never becomes a real installation" in said.stderr
    assert rows(home, "SELECT count(*) FROM organisations_organisation") == [(1,)]


def test_a_demonstration_is_not_served_as_real(shown):
    home, _ = shown

    said = r2com(home, "run")

    assert said.returncode == 1
    assert "The settings say real, but the data or the keys say demo." in said.stderr


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    home = tmp_path_factory.mktemp("real")
    assert init(home).returncode == 0
    return home


def test_a_demonstration_refuses_real_folders(real):
    said = r2com(real, "demo", "--prepare")

    assert said.returncode == 1
    assert "belongs to a real installation" in said.stderr
    assert rows(real, "SELECT name FROM organisations_organisation") == [("Lantern Association",)]


@pytest.mark.parametrize("kept", ["data", "keys"])
def test_a_demonstration_refuses_one_real_folder_without_its_marker(real, tmp_path, kept):
    shutil.copytree(real / kept, tmp_path / kept)
    (tmp_path / kept / "installation.json").unlink()

    said = r2com(tmp_path, "demo", "--prepare")

    assert said.returncode == 1
    assert f"/{kept} belongs to a real installation" in said.stderr


def test_a_demonstration_refuses_real_rows_behind_its_own_marker(shown, real, tmp_path):
    home, _ = shown
    shutil.copytree(home, tmp_path / "home")
    shutil.copy(real / "data" / "r2com.db", tmp_path / "home" / "data" / "r2com.db")

    said = r2com(tmp_path / "home", "demo", "--prepare")

    assert said.returncode == 1
    assert "belongs to a real installation" in said.stderr


def test_listing_names_needs_no_installation(tmp_path):
    said = r2com(tmp_path, "demo", "--list-names")

    assert "Milo Fernweh" in said.stdout.splitlines()
    assert list(tmp_path.iterdir()) == []


def test_contacts_show_a_no_show_a_late_entry_an_amended_note_and_a_session(agency):
    contacts = list(Contact.objects.with_version())

    assert {"no_word", "our_side", "late", "told_us"} <= {one.standing.attendance for one in contacts}
    assert [one.case.person.name for one in contacts if one.is_late_entry] == ["Milo Fernweh"]
    assert [one.case.person.name for one in contacts if one.is_amended] == ["Sela Windermoor"]
    assert len([one for one in contacts if one.in_group]) == 3
    assert len({one.case_id for one in contacts}) >= 6


def test_bas_is_six_weeks_before_release_with_a_list_half_done(agency):
    bas = case_of("Bas Quillander")
    begun = Begun.objects.filter(case=bas).with_version().with_lines().get()
    found = gate.standings(bas, begun)

    assert bas.release_on - timezone.localdate() == timedelta(weeks=6)
    assert {one.says for one in found} == {"", "asked", "arranged", "confirmed", "not_needed"}
    assert any(one.is_own for one in found)


def test_toma_came_out_yesterday_and_his_board_is_half_lit(agency):
    toma = case_of("Toma Aldermoss")
    begun = Begun.objects.filter(case=toma).with_version().with_lights().get()
    found = board.lamps(toma, begun)

    assert timezone.localdate() - toma.release_on == timedelta(days=1)
    assert [lamp.line.id for lamp in found if lamp.is_dark] == ["phone", "medicine", "meeting", "how_are_you"]


def test_colleagues_ask_each_other_and_some_answers_are_waited_for(agency):
    threads = {
        one: reading.waiting_for(User.objects.get(email=f"{one}@lantern.example")) for one in ("ines", "rut")
    }

    assert len(threads["ines"]) == 3
    assert len(threads["rut"]) == 1
    assert Thread.objects.open().count() < Thread.objects.count()


def test_what_was_seen_waits_or_counts_with_the_persons_answer(agency):
    seen = Observation.objects.all()

    assert {one.state for one in seen} == {"", "validated"}
    assert Observation.objects.get(state="validated").answers.count() == 1


def test_a_form_was_filled_in_alone_and_our_practice_looked_at_twice(agency):
    finished = Questionnaire.objects.filter(finished__isnull=False)

    assert finished.filter(published__instrument="my-own-view").count() == 1
    assert finished.of_practice().count() == 2
    assert {chosen.is_ended for chosen in Chosen.objects.all()} == {True, False}


def test_somebody_is_away_and_a_case_was_handed_over(agency):
    ines, rut = (User.objects.get(name__startswith=name) for name in ("Ines", "Rut"))

    [note] = notes.unread(ines)

    assert (note.case.person.name, note.part) == ("Tamsin Underhedge", "deputy")
    assert [one.worker.name for one in Absence.objects.visible_to(rut)] == [
        "Bram Oosterlicht",
        "Rafe Tollgate",
    ]
    assert [one.worker.name for one in StrainCheck.objects.shown_to(rut)] == ["Bram Oosterlicht"]
