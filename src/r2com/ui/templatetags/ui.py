"""The few words that templates add to Django's own."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

# A shape never stands alone: the word is always beside it.
WORDS = {
    "need": {"none": _("not seen"), "some": _("some"), "marked": _("marked")},
    "hold": {"none": _("none seen"), "some": _("some"), "strong": _("strong")},
    "direction": {
        "easing": _("easing"),
        "steady": _("steady"),
        "worsening": _("worsening"),
        "new": _("new"),
        "unclear": _("unclear"),
    },
}
BLANKS = {"unknown": _("Not known"), "not_applicable": _("Does not apply")}
FLIPPED = {"steady", "lamp-handed"}


@register.simple_tag
def icon(name: str) -> str:
    """One of the drawings in `ui/shapes.html`, for the eye only: write the word beside it."""
    flips = " flips" if name in FLIPPED else ""
    drawing = '<svg class="icon{}" viewBox="{}" aria-hidden="true"><use href="#{}"/></svg>'
    return format_html(drawing, flips, _box(name), name)


def _box(name: str) -> str:
    """How large the drawing is: lamps are 40 wide, the tick 16, the rest 24."""
    side = 40 if name.startswith("lamp-") else 16 if name == "tick" else 24
    return f"0 0 {side} {side}"


@register.simple_tag
def shape(kind: str, value: str, word: str = "") -> str:
    """The shape for a need, for what holds (`hold`) or for a direction, with its word.

    An honest blank is only its word, in a dashed pill. `word` is the instrument's own label.
    """
    if value not in WORDS[kind]:
        return format_html('<span class="unsaid">{}</span>', word or BLANKS.get(value, BLANKS["unknown"]))
    drawing = value if kind == "direction" else f"{kind}-{value}"
    look = "arrow" if kind == "direction" else f"shape {kind}"
    return format_html(
        '<span class="{}">{}<span>{}</span></span>', look, icon(drawing), word or WORDS[kind][value]
    )


@register.filter
def when(moment: date | datetime | None) -> str:
    """A day in words, with the hour if there is one: "today, 09:30", "Thu 19 Nov", "3 Dec 2027"."""
    if not moment:
        return ""
    if not isinstance(moment, datetime):
        return _day_tag(moment, timezone.localdate(), get_language())
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    day = _day_words(local.date(), timezone.localdate(), get_language())
    words = gettext("%(day)s, %(hour)s") % {"day": day, "hour": date_format(local, "H:i")}
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.filter
def margin_day(moment: date | datetime) -> str:
    """A day for the margin of a list: day and month, and small below them the year."""
    local = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return _margin_words(local, get_language())


# The same few days stand in every list, so their words are kept. The language is part of the key.
@lru_cache(maxsize=4096)
def _day_tag(day: date, today: date, language: str | None) -> str:
    words = _day_words(day, today, language)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


@lru_cache(maxsize=4096)
def _day_words(day: date, today: date, language: str | None) -> str:
    near = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    if (day - today).days in near:
        return near[(day - today).days]
    if abs(day - today) < timedelta(days=180):
        return date_format(day, pgettext("day near today, as in Thu 19 Nov", "D j M"))
    return date_format(day, pgettext("day far from today, as in 3 Dec 2027", "j M Y"))


@lru_cache(maxsize=4096)
def _margin_words(day: date, language: str | None) -> str:
    return format_html("{}<small>{}</small>", date_format(day, gettext("j M")), date_format(day, "Y"))


@register.simple_block_tag
def part(content, title, aside="", id="", dated=False, wide=False, unseen=False, stack=True):
    """A part of the sheet: its title in the margin, the work to its right.

    `dated` puts the title above and the hours in the margin; `unseen` keeps it for screen readers.
    """
    return format_html(
        PART,
        " dated" if dated else "",
        UNSEEN if unseen else "",
        title,
        format_html('<p class="aside">{}</p>', aside) if aside else "",
        " wide" if wide else "",
        " stack" if stack else "",
        content,
        id=id or _anchor(str(title)),
    )


PART = (
    '<section class="part{}" aria-labelledby="{id}"><h2 id="{id}"{}>{}</h2>{}'
    '<div class="body{}{}">{}</div></section>'
)
UNSEEN = SafeString(' class="unseen"')


@lru_cache(maxsize=1024)
def _anchor(title: str) -> str:
    return slugify(title, allow_unicode=True) or "part"


@register.simple_block_tag
def note(content, look=False):
    """A calm remark beside the work; with `look`, something to see before going on."""
    return format_html('<div class="note{}">{}</div>', " look" if look else "", content)


@register.simple_block_tag
def voice(content, by=""):
    """The person's own words, and whose they are and when."""
    footer = format_html("<footer>{}</footer>", by) if by else ""
    return format_html('<blockquote class="voice"><p>{}</p>{}</blockquote>', content, footer)


@register.simple_block_tag
def nothing(content, title):
    """Nothing here yet: what is missing, what will fill it, one way on."""
    return format_html('<div class="empty"><h3>{}</h3>{}</div>', title, content)
