"""What a case asks for by itself: computed from the record, gone with its reason."""

from r2com.tasks import reminders


def kinds(user, today, case=None):
    return {one.kind for one in reminders.of(user, today, case)}


def test_x(case, practitioner, supervisor, mentor, today):
    print(reminders.of(practitioner, today))
    assert kinds(practitioner, today) == {"notice", "full_guide"}
    assert kinds(practitioner, today, case.pk) == {"notice", "full_guide"}
