# ruff: noqa: E501 - a table of a form is as wide as its columns
"""Workbooks made in tests, as people make them: plain cells, empty cells, formulas if one insists."""

import io
from collections.abc import Iterable
from typing import Any

import openpyxl

Rows = Iterable[Iterable[Any]]


def workbook(**sheets: Rows) -> bytes:
    """A workbook with these sheets. A text that begins like a formula is one, as in a spreadsheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def table(text: str) -> list[list[str | None]]:
    """Rows from a drawn table, a cell between two bars."""
    lines = [line.strip().strip("|") for line in text.strip().splitlines()]
    return [[cell.strip() or None for cell in line.split("|")] for line in lines]


KOBO = {
    "survey": table(
        """
        | type                    | name       | label::English (en)      | label::Português (pt)  | hint::English (en) | required | relevant                | constraint            | constraint_message::English (en) | appearance | $kuid |
        | start                   | start      |                          |                        |                    |          |                         |                       |                                  |            | a1    |
        | deviceid                | device     |                          |                        |                    |          |                         |                       |                                  |            | a2    |
        | note                    | hello      | Welcome.                 | Bem-vindo.             |                    |          |                         |                       |                                  |            | a3    |
        | text                    | called     | What are you called?     | Como se chama?         | As you like it.    | true     |                         |                       |                                  |            | a4    |
        | integer                 | age        | How old are you?         | Que idade tem?         |                    |          |                         | . >= 18 and . < 100   | Grown-ups only.                  |            | a5    |
        | begin_group             | home       | Home                     | Casa                   |                    |          |                         |                       |                                  | field-list | a6    |
        | select_one yes_no       | has_home   | Do you have a place?     | Tem onde ficar?        |                    | true     |                         |                       |                                  | horizontal | a7    |
        | text                    | where      | Where, ${called}?        | Onde, ${called}?       |                    | true     | ${has_home} = 'yes'     |                       |                                  | multiline  | a8    |
        | select_multiple papers or_other | papers | Which papers?        | Que documentos?        |                    |          | ${age} > 15 or ${has_home} != '' |              |                                  |            | a9    |
        | end_group               |            |                          |                        |                    |          |                         |                       |                                  |            |       |
        | begin_repeat            | children   | Children                 | Filhos                 |                    |          | not(selected(${papers}, 'none')) |             |                                  |            |       |
        | text                    | child      | Their name               | O nome                 |                    |          |                         |                       |                                  |            |       |
        | date                    | born       | Born on                  | Nasceu a               |                    |          |                         | . <= today()          |                                  |            |       |
        | end_repeat              |            |                          |                        |                    |          |                         |                       |                                  |            |       |
        | geopoint                | place      | Where are we?            | Onde estamos?          |                    |          |                         |                       |                                  |            |       |
        | calculate               | sum_of_it  |                          |                        |                    |          |                         |                       |                                  |            |       |
        """
    ),
    "choices": table(
        """
        | list_name | name     | label::English (en) | label::Português (pt) |
        | yes_no    | yes      | Yes                 | Sim                   |
        | yes_no    | no       | No                  | Não                   |
        | papers    | passport | Passport            | Passaporte            |
        | papers    | none     | None                | Nenhum                |
        """
    ),
    "settings": table(
        """
        | form_title | form_id | version | default_language | style |
        | Intake     | intake  | 7       | English (en)     | pages |
        """
    ),
}

ODK = {
    "survey": table(
        """
        | type                | name    | label         | calculation          | required | relevant                         | choice_filter       | default | readonly |
        | select_one country  | land    | Which land?   |                      | yes      |                                  |                     |         |          |
        | select_one town     | town    | Which town?   |                      |          |                                  | land = ${land}      |         |          |
        | select_one scale    | felt    | How was it?   |                      |          |                                  |                     |         |          |
        | text                | why     | What helped?  |                      |          | ${felt} >= 4                     |                     |         |          |
        | decimal             | rent    | Rent?         |                      |          |                                  |                     | 250.5   |          |
        | integer             | rooms   | Rooms?        |                      |          | ${rent} > 0 and (${land}='pt' or ${town}="breda") |    | 1       |          |
        | dateTime            | seen    | Seen at?      |                      |          |                                  |                     |         |          |
        | time                | at      | At what hour? |                      |          |                                  |                     |         | yes      |
        | acknowledge         | read    | I read it.    |                      |          |                                  |                     |         |          |
        | text                | sign    | Your name     |                      |          | ${read} = 'OK'                   |                     |         |          |
        | calculate           | copy    |               | ${sign}              |          |                                  |                     |         |          |
        | calculate           | day     |               | today()              |          |                                  |                     |         |          |
        | calculate           | points  |               | ${rooms} * 2 + ${rent} |        |                                  |                     |         |          |
        | note                | told    | Thank you, ${copy}. |                |          | ${points} > 3                    |                     |         |          |
        """
    ),
    "choices": table(
        """
        | list_name | name  | label       | land |
        | country   | pt    | Portugal    |      |
        | country   | nl    | Netherlands |      |
        | town      | porto | Porto       | pt   |
        | town      | breda | Breda       | nl   |
        | scale     | 1     | Badly       |      |
        | scale     | 3     | So so       |      |
        | scale     | 5     | Well        |      |
        """
    ),
    "settings": table(
        """
        | form_title | form_id |
        | Odds       | odds v2 |
        """
    ),
}

UGLY = {
    "Survey": table(
        """
        | Type                       | Name       | Label:English              | Label:Français | Constraint Message:English | relevance                   | CONSTRAINT        | Required |
        | begin group                | outer      |                            |                |                            |                             |                   |          |
        | Begin Group                | inner      |                            |                |                            | ${nobody} = 'x'             |                   |          |
        | select one from opinions   | op-1       | What do you think?         | Votre avis ?   |                            |                             |                   | TRUE     |
        |                            |            |                            |                |                            |                             |                   |          |
        | Text                       | número.2   | Votre numéro               |                | Ten figures.               | ${op-1} = ‘yes’             | regex(., '^[0-9]+$') | yes   |
        | end group                  |            |                            |                |                            |                             |                   |          |
        | end group                  |            |                            |                |                            |                             |                   |          |
        | begin repeat               | visits     | Visits                     |                |                            |                             |                   |          |
        | begin repeat               | talks      | Talks                      |                |                            |                             |                   |          |
        | date                       | on         | When?                      |                |                            |                             | . > '2020-01-01'  |          |
        | end repeat                 |            |                            |                |                            |                             |                   |          |
        | end repeat                 |            |                            |                |                            |                             |                   |          |
        | integer                    | after      | After ${on}?               |                |                            | ${on} != '' or false()      | . mod 2 = 0       | ${op-1}='yes' |
        | begin group                | photos     | Photos                     |                |                            |                             |                   |          |
        | image                      | photo      | A photo                    |                |                            |                             |                   |          |
        | end group                  |            |                            |                |                            |                             |                   |          |
        | begin_kobomatrix           | matrix     | A matrix                   |                |                            |                             |                   |          |
        | text                       | cell       | A cell                     |                |                            |                             |                   |          |
        | end_kobomatrix             |            |                            |                |                            |                             |                   |          |
        | range                      | steps      | How many?                  |                |                            | count-selected(${op-1}) = 1 |                   |          |
        | text                       | hidden_one | Never shown                |                |                            | false()                     |                   |          |
        """
    ),
    "Choices": table(
        """
        | list name | value | Label:English | Label:Français | image   |
        | opinions  | yes   | Yes           | Oui            | yes.png |
        | opinions  | no    |               | Non            |         |
        | unused    | a     | A             | A              |         |
        """
    ),
    "notes to self": table("| remember | the milk |"),
}
