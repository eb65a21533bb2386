# ruff: noqa: E501 - a table of a form is as wide as its columns
"""A form that somebody made for Kobo or ODK: brought in with the command, published, filled in for a person.

It is in the shape that the public documentation of both shows: metadata, groups with conditions, one choice
and several, a second list that depends on the first, hints, workings-out, a repeat, and two languages.
"""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.config.cli import main as r2com
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.questionnaires.models import Questionnaire

from .. import factories
from ..unit.sheets import table, workbook
from . import walking
from .pages import session_of
from .walking import Walk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]
GO_ON = "main button.button[name=go][value=next]:not(.unseen)"

VISIT = {
    "survey": table(
        """
        | type                                 | name          | label::English (en)              | label::Português (pt)               | hint::English (en)     | hint::Português (pt)    | required | relevant                            | constraint             | constraint_message::English (en) | constraint_message::Português (pt) | calculation                                | choice_filter           | appearance | default |
        | start                                | start         |                                  |                                     |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | end                                  | end           |                                  |                                     |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | today                                | today         |                                  |                                     |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | deviceid                             | deviceid      |                                  |                                     |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | note                                 | intro         | A visit in the first week.       | Uma visita na primeira semana.      |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | select_one yesno                     | consent       | May we ask a few things?         | Podemos perguntar algumas coisas?   | No is a good answer.   | Não é uma boa resposta. | yes      |                                     |                        |                                  |                                    |                                            |                         | minimal    |         |
        | begin_group                          | household     | Where you live                   | Onde vive                           |                        |                         |          | ${consent} = 'yes'                  |                        |                                  |                                    |                                            |                         | field-list |         |
        | select_one region                    | region        | Which region?                    | Que região?                         |                        |                         | yes      |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | select_one town                      | town          | Which town?                      | Que localidade?                     |                        |                         |          |                                     |                        |                                  |                                    |                                            | region = ${region}      |            |         |
        | integer                              | grown_ups     | How many grown-ups live there?   | Quantos adultos vivem lá?           | Count yourself.        | Conte-se a si.          | yes      |                                     | . >= 1 and . <= 20     | From 1 to 20.                    | De 1 a 20.                         |                                            |                         |            |         |
        | integer                              | young         | And how many children?           | E quantas crianças?                 |                        |                         |          |                                     | . >= 0                 | Not fewer than none.             | Não menos do que zero.             |                                            |                         |            | 0       |
        | calculate                            | people        |                                  |                                     |                        |                         |          |                                     |                        |                                  |                                    | ${grown_ups} + ${young}                    |                         |            |         |
        | note                                 | many          | That makes ${people} people.     | São ${people} pessoas.              |                        |                         |          | ${people} > 4                       |                        |                                  |                                    |                                            |                         |            |         |
        | end_group                            |               |                                  |                                     |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | begin_group                          | needs         | What is missing                  | O que falta                         |                        |                         |          | ${consent} = 'yes'                  |                        |                                  |                                    |                                            |                         |            |         |
        | select_multiple things or_other      | missing       | What is missing at home?         | O que falta em casa?                | Choose all that fit.   | Escolha tudo o que serve. |        |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | text                                 | which_bed     | What kind of bed?                | Que tipo de cama?                   |                        |                         | yes      | selected(${missing}, 'bed')         |                        |                                  |                                    |                                            |                         | multiline  |         |
        | date                                 | by_when       | By when?                         | Até quando?                         |                        |                         |          | ${missing} != ''                    | . >= today()           | Not in the past.                 | Não no passado.                    |                                            |                         |            |         |
        | geopoint                             | place         | Where is it?                     | Onde fica?                          |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | image                                | picture       | A picture of the room            | Uma fotografia do quarto            |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        | end_group                            |               |                                  |                                     |                        |                         |          |                                     |                        |                                  |                                    |                                            |                         |            |         |
        """
    ),
    "choices": table(
        """
        | list_name | name   | label::English (en) | label::Português (pt) | region |
        | yesno     | yes    | Yes                 | Sim                   |        |
        | yesno     | no     | No                  | Não                   |        |
        | region    | coast  | On the coast        | Na costa              |        |
        | region    | inland | Inland              | No interior           |        |
        | town      | harbo  | Harbo               | Harbo                 | coast  |
        | town      | molen  | Molen               | Molen                 | inland |
        | things    | bed    | A bed               | Uma cama              |        |
        | things    | stove  | A stove             | Um fogão              |        |
        | things    | lamp   | A lamp              | Um candeeiro          |        |
        """
    ),
    "settings": table(
        """
        | form_title  | form_id     | version    | default_language |
        | First visit | first_visit | 2026010501 | English (en)     |
        """
    ),
}


@pytest.fixture
def cast(transactional_db, now):
    return walking.cast(now)


@pytest.fixture
def case(cast, now):
    """Milo's case, in which what is kept and why was explained."""
    place = factories.membership(cast["Ines"])
    case = factories.case(place.team, by=cast["Ines"], name="Milo Fernweh", at=now)
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    people.give_notice(case.person, notice, how="read", proof="signed", by=cast["Ines"], at=now)
    return case


@pytest.fixture
def brought(transactional_db, tmp_path, capsys):
    """The form, taken in with the command and published; gives what the command could not carry."""
    file, out = tmp_path / "visit.xlsx", tmp_path / "visit"
    file.write_bytes(workbook(**VISIT))
    assert r2com(["instruments", "import", str(file), "--out", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert r2com(["instruments", "check", str(out)]) == 0
    assert r2com(["instruments", "publish", str(out)]) == 0
    return said


@pytest.fixture
def walk(browser, live_server, cast):
    context = browser.new_context()
    walk = Walk(context.new_page(), live_server.url, "en")
    sid = {"name": "sid", "value": session_of(cast["Ines"]), "url": live_server.url}
    context.add_cookies([sid])
    yield walk
    context.close()


def shows(walk, words) -> bool:
    """Whether this stands on the page, for somebody who looks."""
    return words in walk.page.inner_text("main")


def choose(walk, name, *values):
    for value in values:
        walk.page.locator(f"main input[name='a/{name}'][value='{value}']").check()


def write(walk, name, text):
    walk.page.locator(f"main [name='a/{name}']:is(input, textarea)").fill(text)


def begin(walk, case):
    walk.go(reverse("questionnaires", args=[case.reference]))
    walk.press("main form:has([value=first_visit]) button.button")
    return Questionnaire.objects.get()


def where_they_live(walk):
    """The second list depends on the first; a number that cannot be is refused in the form's own words."""
    choose(walk, "region", "coast")
    write(walk, "grown_ups", "40")
    walk.press(GO_ON)
    assert shows(walk, "From 1 to 20.")
    assert shows(walk, "Harbo")
    assert not shows(walk, "Molen")
    write(walk, "grown_ups", "2")
    write(walk, "young", "3")
    choose(walk, "town", "harbo")
    walk.press(GO_ON)


def what_is_missing(walk, today):
    """What one chooses opens further questions; what does not fit the list is written beside it."""
    assert not walk.page.locator("[name='a/which_bed']").is_visible()
    choose(walk, "missing", "bed", "other")
    walk.press(GO_ON)
    write(walk, "missing_other", "A key")
    write(walk, "which_bed", "A wide one")
    write(walk, "by_when", (today + timedelta(days=9)).isoformat())
    walk.press(GO_ON)


def test_it_is_filled_in_for_a_person_page_by_page_and_finished(walk, brought, case, today):
    questionnaire = begin(walk, case)
    choose(walk, "consent", "yes")
    walk.press(GO_ON)
    where_they_live(walk)
    what_is_missing(walk, today)

    walk.press("main form[action$='/finish/'] button.button")

    questionnaire.refresh_from_db()
    assert questionnaire.is_finished
    assert questionnaire.answers == {
        "consent": "yes",
        "region": "coast",
        "town": "harbo",
        "grown_ups": 2,
        "young": 3,
        "missing": ["bed", "other"],
        "missing_other": "A key",
        "which_bed": "A wide one",
        "by_when": (today + timedelta(days=9)).isoformat(),
    }
    assert shows(walk, "On the coast")


def test_a_no_ends_it_and_asks_nothing_more(walk, brought, case):
    begin(walk, case)

    choose(walk, "consent", "no")
    walk.press(GO_ON)
    walk.press("main form[action$='/finish/'] button.button")

    assert Questionnaire.objects.get().answers == {"consent": "no"}


def test_it_is_asked_in_the_other_language(walk, brought, case):
    walk.page.context.add_cookies([{"name": "language", "value": "pt", "url": walk.base}])

    begin(walk, case)

    assert shows(walk, "Podemos perguntar algumas coisas?")
    assert shows(walk, "Não é uma boa resposta.")


def test_what_cannot_be_carried_is_named(brought):
    named = {left["what"] for left in brought["not_carried"]}

    assert {"people", "place (geopoint)", "picture (image)", "${people} > 4", "deviceid (deviceid)"} <= named
    assert not {left["column"] for left in brought["not_carried"]} & {"hint", "required", "choice_filter"}
