"""What can be contested says so wherever it is shown: templates that show its words, and papers."""

import re

import pytest

from r2com.contests import kinds

from .source import PACKAGE, templates

# The words of each kind of entry, as templates write them. A kind without words of its own has none.
WORDS = {
    "rating": r"rating\.own_words|line\.own_now",
    "evidence": r"evidence/|\bline\.words",
    "sense": r"text\.words|box\.words|formulation\.support_because|\.first_signs",
    "pulse": r"pulse\.own_words",
    "goal": r"goal\.words",
    "plan": r"plan\.(matters|promises|stops|ring)",
    "contact": r"version\.(words|because)",
    "statement": r"statement\.words",
    "condition": r"(one|theirs)\.hard",
    "supporter": r"(one|theirs)\.helps",
    "safety_plan": r"plan\.words",
    "profile": r"person\.(phone|safe_contact|matters|works|interpreter|access_needs)",
    "choice": r"choice\.(words|how)",
    "review": r"decision\.(narrative|view_words)",
    "closing": r"closing\.(waits|told|view_words)",
    "post": r"said\.now\.words|question\.now\.words",
    "programme": r"offer\.words",
    "meeting": r"entry\.(took|note)\b",
    "observation": r"observation\.words",
    "gate_line": r"written\.notes",
    "lamp": r"light\.note",
    "document": r"document\.note",
    "questionnaire": r"questionnaires/answers\.html",
    "held": r"row\.get_reason_display",
}
SHOWS = re.compile(r"{% *contested|contests/contested\.html")

# Templates that show such words without the contest, each with its reason. This list may only shrink.
WITHOUT = {
    "conditions/templates/conditions/condition.html": "two versions, while they are being written",
    "corner/templates/corner/supporter.html": "two versions, while they are being written",
    "plans/templates/plans/plan.html": "goals that were taken out, to be put back",
    "reviews/templates/reviews/closing.html": "a form in which each goal gets its end",
    "reviews/templates/reviews/aftercare.html": "whom to ring; the number is contested on the profile",
    "my_record/templates/my_record/read_say.html": "the form in which an entry is contested",
    "rights/templates/rights/person_file.html": "what is left out is contested where it would stand",
    "my_record/templates/my_record/held_back.html": "what is held back is contested where it would stand",
}
PAPERS = {
    "assessments/paper.py",
    "assessments/paper_of_pulses.py",
    "my_record/paper.py",
    "plans/paper.py",
    "programmes/paper.py",
    "questionnaires/paper.py",
    "reviews/paper.py",
    "safety_plans/paper.py",
}
PAPERS_WITHOUT = {"landing/paper.py": "what is to stand by when; no note of ours is on it"}


def showing() -> dict[str, str]:
    """Templates that show words of some kind of entry."""
    words = re.compile("|".join(WORDS.values()))
    return {place: text for place, text in templates().items() if words.search(_printed(text))}


def _printed(text: str) -> str:
    """What a template puts in and takes in."""
    return " ".join(re.findall(r"{{.*?}}|{% include.*?%}", text))


def test_every_kind_says_how_its_words_are_written():
    assert set(kinds.names()) == set(WORDS)


def test_every_template_that_shows_an_entry_shows_its_contest():
    silent = [place for place, text in showing().items() if not SHOWS.search(text)]

    assert sorted(set(silent) - set(WITHOUT)) == []


def test_no_exception_is_left_over():
    assert sorted(set(WITHOUT) - {place for place, text in showing().items() if not SHOWS.search(text)}) == []


def test_every_paper_shows_what_was_contested():
    papers = {str(path.relative_to(PACKAGE)): path.read_text() for path in PACKAGE.glob("*/paper*.py")}

    assert set(papers) == PAPERS | set(PAPERS_WITHOUT)
    assert [place for place in PAPERS if "contests.shown" not in papers[place]] == []


@pytest.mark.parametrize("text", ["{{ goal.words }}", "{{ observation.words|linebreaksbr }}"])
def test_an_entry_without_its_contest_is_found(text):
    assert re.search("|".join(WORDS.values()), _printed(text))
    assert not SHOWS.search(text)
