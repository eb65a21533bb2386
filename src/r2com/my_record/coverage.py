"""Which part of My record shows each kind of personal data, and why some of it is not there.

An app that keeps something new adds its models here; a test fails until it does.
"""

SHOWN_IN = {
    "people.Person": "profile",
    "people.NoticeGiven": "told",
    "people.Choice": "told",
    "people.Withdrawal": "told",
    "cases.CaseMember": "people",
    "assessments.Assessment": "talks",
    "assessments.Rating": "talks",
    "assessments.Evidence": "talks",
    "assessments.Formulation": "talks",
    "assessments.BoxText": "talks",
    "assessments.FutureText": "talks",
    "assessments.Pulse": "talks",
    "plans.Plan": "plan",
    "plans.Goal": "plan",
    "plans.Step": "plan",
    "plans.StepDone": "plan",
    "plans.Answer": "plan",
    "contacts.Contact": "contacts",
    "contacts.Version": "contacts",
    "contacts.Statement": "contacts",
    "safety_plans.SafetyPlan": "safety",
    "corner.Supporter": "corner",
    "conditions.Condition": "conditions",
    "tasks.Task": "promises",
    "tasks.Done": "promises",
    "documents.Document": "papers",
    "documents.Letter": "papers",
    "contests.Contest": "contests",
    "contests.Decision": "contests",
    "audit.Event": "seen",
}

_PLAIN = "no words of its own: what it marks is told where it belongs"
_WORKER = "about a worker, not about the person"
_LATER = "not laid out here yet: read it together on its own page, or ask for a copy"

WHY_NOT = {
    "access.Grant": "the people who work with the person stand under their names",
    "vault.DataKey": "has no meaning outside the database",
    "drafts.Draft": "what somebody is still typing; it is kept or dropped, and shown once it is kept",
    "accounts.User": _WORKER,
    "accounts.Session": _WORKER,
    "organisations.Membership": _WORKER,
    "organisations.Certification": _WORKER,
    "organisations.Invitation": _WORKER,
    "instruments.PublishedInstrument": "the questions, the same for everybody",
    "people.NameFingerprint": "has no meaning outside the database",
    "cases.Case": "the frame of everything else",
    "cases.Door": "may name who asked for the support; a human looks through it before it is given",
    "assessments.HandingIn": _LATER,
    "assessments.Answer": _LATER,
    "contacts.Towards": _PLAIN,
    "safety_plans.Copy": "may name others; it stands on the page of the safety plan",
    "documents.Finish": _PLAIN,
    "documents.File": "the paper itself is given as a copy that a human has looked through",
    "documents.Piece": "part of a file",
    "documents.Release": _LATER,
    "documents.Redaction": "has no meaning outside the database",
    "landing.Begun": _PLAIN,
    "landing.Line": _LATER,
    "landing.Entry": _LATER,
    "landing.Light": _LATER,
    "landing.HandedOn": _PLAIN,
}
