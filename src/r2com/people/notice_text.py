"""The words of a notice, as they are shown, read aloud and printed.

A notice is plain text with four signs: `# ` before a heading, `- ` before the lines of a list,
`**strong**` and `*quiet*`. Everything else is shown as it was typed.
"""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from r2com.organisations.models import ListEntry, Organisation

from .models import Notice, Purpose

MARKED = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*", re.DOTALL)
SHARING = "{sharing}"
TAGS = {"strong": "strong", "quiet": "em", "heading": "h3", "text": "p"}


@dataclass(frozen=True)
class Run:
    """Some words in one look: plain (""), `strong` or `quiet`."""

    words: str
    look: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A `heading`, a `text` (one line each) or a `list` (a line for each point)."""

    kind: str
    lines: tuple[tuple[Run, ...], ...]


def notice_paragraphs(
    notice: Notice, organisation: Organisation, language: str, *, carried: bool = False
) -> list[Paragraph]:
    """The notice with its blanks filled in, paragraph by paragraph; `dataclasses.asdict` prints them.

    `{house}` becomes the agency's full name, since a person must know who keeps their data (GDPR
    Art. 13(1)(a)); on a paper that is carried only the neutral name. `{data_protection}` becomes its contact
    for such questions; `{sharing}` whom the notice speaks of, and what for.
    What is filled in is never read as signs.
    """
    house = organisation.neutral_name if carried else organisation.name
    blanks = {"{house}": house, "{data_protection}": organisation.data_protection_contact}
    sharing = Paragraph("list", tuple((Run(line),) for line in sharing_lines(notice, language)))
    return [sharing if block == SHARING else _paragraph(block, blanks) for block in blocks(notice.text)]


def blocks(text: str) -> list[str]:
    """A text cut at its empty lines."""
    cut = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return [block.strip() for block in cut if block.strip()]


def sharing_lines(notice: Notice, language: str) -> list[str]:
    """One line for each recipient that the notice speaks of, in the order of the agency's list."""
    recipients = ListEntry.objects.filter(pk__in={recipient for _purpose, recipient in notice.covers})
    with translation.override(language):
        lines = [_line(notice, entry, language) for entry in recipients]
        return lines or [gettext("Nobody at the moment.")]


def as_html(paragraphs: list[Paragraph]) -> SafeString:
    """The paragraphs for a page. Whatever somebody typed is escaped."""
    return format_html_join("\n", "{}", ((_html(paragraph),) for paragraph in paragraphs))


def plain(paragraphs: list[Paragraph]) -> str:
    """The same words without any look, one paragraph under the other."""
    lines = ["\n".join("".join(run.words for run in line) for line in one.lines) for one in paragraphs]
    return "\n\n".join(lines)


def _line(notice, entry, language):
    purposes = [str(purpose.label) for purpose in Purpose if notice.speaks_of(purpose, entry)]
    return f"{entry.in_language(language)}: {', '.join(purposes)}"


def _paragraph(block: str, blanks: dict[str, str]) -> Paragraph:
    if block.startswith("# "):
        return Paragraph("heading", (_runs(block[2:], blanks),))
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        return Paragraph("list", tuple(_runs(line[2:], blanks) for line in lines))
    return Paragraph("text", (_runs(" ".join(lines), blanks),))


def _runs(line: str, blanks: dict[str, str]) -> tuple[Run, ...]:
    """A line cut at its signs. The blanks are filled in afterwards, so that a name is never cut."""
    runs, done = [], 0
    for found in MARKED.finditer(line):
        runs += [
            Run(line[done : found.start()]),
            Run(found[1] or found[2], "strong" if found[1] else "quiet"),
        ]
        done = found.end()
    runs.append(Run(line[done:]))
    return tuple(Run(_filled(run.words, blanks), run.look) for run in runs if run.words)


def _filled(words: str, blanks: dict[str, str]) -> str:
    return re.sub("|".join(map(re.escape, blanks)), lambda found: blanks[found[0]], words)


def _html(paragraph: Paragraph) -> SafeString:
    lines = [format_html_join("", "{}", ((_run_html(run),) for run in line)) for line in paragraph.lines]
    if paragraph.kind == "list":
        points = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
        return format_html('<ul class="lines">{}</ul>', points)
    tag = SafeString(TAGS[paragraph.kind])
    return format_html("<{}>{}</{}>", tag, lines[0], tag)


def _run_html(run: Run) -> SafeString:
    tag = SafeString(TAGS.get(run.look, "span"))
    return format_html("<{}>{}</{}>", tag, run.words, tag) if run.look else format_html("{}", run.words)
