"""A caseload moves in, page by page: the list, its columns, a trial, the way in, and the way back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.permission import only
from r2com.ui.pages import page

from . import actions, safe, trial, work
from .fields import FIELDS
from .forms import LARGEST, ColumnsForm, UploadForm, WordsForm
from .mapping import Map, is_never
from .models import Import, Row
from .outcomes import Left, Outcome, Why
from .tables import open_table

MOST_SHOWN = 100


@dataclass(frozen=True)
class Shown:
    """A row that is not taken: its number, what became of it, and its faults by column."""

    number: int
    outcome: str
    faults: list[tuple[str, str]]


@only(May.SIGN_OFF)
@require_http_methods(["GET", "POST"])
def imports(request):
    """The lists that moved in, and the place for another one."""
    if request.membership.team is None:
        raise Http404
    memory = remembered(request, "import")
    form = UploadForm(request.POST or None, request.FILES or None, initial=memory.initial(UploadForm))
    if request.method == "POST" and _is_kept(form, request):
        memory.forget()
        return redirect("import_columns", form.found.pk)
    rows = Import.objects.visible_to(request.user).newest_first().with_people()[:50]
    return page(request, "imports/imports.html", {"form": form, "memory": memory, "imports": rows})


@only(May.SIGN_OFF)
@require_http_methods(["GET", "POST"])
def columns(request, import_id):
    """Which column is which field."""
    found = _find(request, import_id)
    if found.begun_at:
        return redirect(found)
    form = ColumnsForm(request.POST or None, of=found, on=timezone.localdate())
    if form.is_valid() and _is_mapped(request, found, form):
        return redirect(found)
    trail.opened("import_columns", subject=found, by=request.user)
    return page(request, "imports/columns.html", {"form": form, "import": found})


@only(May.SIGN_OFF)
@require_http_methods(["GET", "POST"])
def words(request, import_id):
    """What the list's own words mean here."""
    found = _find(request, import_id)
    if found.begun_at or not found.map:
        return redirect(found)
    unknown = _tried(request, found).words
    asked = {name: several for name, several in unknown.items() if several}
    form = WordsForm(request.POST or None, of=found, words=asked, on=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _is_mapped(request, found, form):
        return redirect(found)
    trail.opened("import_words", subject=found, by=request.user)
    return page(request, "imports/words.html", {"form": form, "import": found, "asked": asked})


@only(May.SIGN_OFF)
@require_safe
def import_(request, import_id):
    """Where the list stands: what would happen, how far it is, or what became of it."""
    found = _find(request, import_id)
    if not found.map:
        return redirect("import_columns", found.pk)
    trail.opened("import", subject=found, by=request.user)
    if found.begun_at is None:
        return _trial(request, found)
    return _moving(request, found) if found.is_going_on else _result(request, found)


@only(May.SIGN_OFF)
@require_POST
def begin(request, import_id):
    found = _find(request, import_id)
    _attempt(request, lambda: actions.begin(found, by=request.user, at=timezone.now()))
    return redirect(found)


@only(May.SIGN_OFF)
@require_POST
def drop(request, import_id):
    found = _find(request, import_id)
    if _attempt(request, lambda: actions.drop(found, by=request.user, at=timezone.now())):
        messages.success(request, _("The list is deleted. Nobody moved in."))
        return redirect("imports")
    return redirect(found)


@only(May.SIGN_OFF)
@require_http_methods(["GET", "POST"])
def undo(request, import_id):
    """Two steps: see what would go and what stays, then do it."""
    found = _find(request, import_id)
    if request.method == "POST":
        _attempt(request, lambda: actions.undo(found, by=request.user, at=timezone.now()))
        return redirect(found)
    if found.finished_at is None or found.is_undone or timezone.now() > found.undo_until:
        return redirect(found)
    trail.opened("import_undo", subject=found, by=request.user)
    goes, stays = work.would_stay(found)
    shown = [(row, Left(left).label) for row, left in stays[:MOST_SHOWN]]
    context = {"import": found, "goes": goes, "stays": shown, "more": len(stays) - len(shown)}
    return page(request, "imports/undo.html", context)


def _find(request, import_id) -> Import:
    mine = Import.objects.visible_to(request.user).select_related("team__organisation", "made_by")
    return get_object_or_404(mine.select_related("organisation", "undoing"), pk=import_id)


def _is_kept(form: UploadForm, request) -> bool:
    """Whether the list could be read. What is wrong with it stands at the file."""
    if not request.FILES and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        form.add_error("file", _("Choose a file of at most 10 MB, or ask for the command line."))
    if not form.is_valid():
        return False
    said, team = form.cleaned_data, request.membership.team
    try:
        form.found = actions.bring(
            team, file=said["file"].file, reason=said["reason"], by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    return True


def _is_mapped(request, found: Import, form) -> bool:
    try:
        map = form.map()
        map.must_say_enough()
        actions.choose_map(found, map=map, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _tried(request, found: Import) -> trial.Tally:
    """A dry run: everything is read and judged, nothing is written."""
    with safe.opened(found) as file, open_table(file, sheet=Map(**found.map).sheet) as table:
        reader = work.reader_of(found, timezone.now())
        return trial.tally(table.lines, reader, to=request.user, most=MOST_SHOWN)


def _trial(request, found: Import):
    map = Map(**found.map)
    try:
        said, refused = _tried(request, found), ""
    except Refused as refusal:
        said, refused = trial.Tally(), str(refusal)
    context = {
        **_columns(map, found),
        "import": found,
        "refused": refused,
        "counts": _counted(said.counts),
        "may_begin": said.counts[Outcome.TAKEN] > 0,
        "others": [_shown(one.number, one.outcome, one.faults, map) for one in said.others],
        "more": said.counts.total() - said.counts[Outcome.TAKEN] - len(said.others),
        "unknown": any(said.words.values()),
    }
    return page(request, "imports/trial.html", context)


def _moving(request, found: Import):
    return page(request, "imports/moving.html", {"import": found, "done": found.position})


def _result(request, found: Import):
    map, rows = Map(**found.map), Row.objects.visible_to(request.user).filter(of=found)
    counts = rows.counted()
    others = list(rows.exclude(outcome=Outcome.TAKEN)[:MOST_SHOWN])
    stays = rows.exclude(left="").select_related("case")[:MOST_SHOWN]
    context = {
        "import": found,
        "counts": _counted(counts),
        "others": [_shown(row.number, row.outcome, row.faults, map) for row in others],
        "more": len(others) == MOST_SHOWN,
        "may_undo": not found.is_undone and timezone.now() <= found.undo_until,
        "gone": rows.filter(undone_at__isnull=False).count() if found.is_undone else 0,
        "stays": [(row, row.get_left_display()) for row in stays] if found.is_undone else [],
    }
    return page(request, "imports/result.html", context)


def _columns(map: Map, found: Import) -> dict[str, list[str]]:
    left = map.not_taken(found.headings)
    return {
        "not_taken": [heading for heading in left if not is_never(heading)],
        "never": [heading for heading in left if is_never(heading)],
    }


def _counted(counts) -> list[tuple[str, int]]:
    return [(outcome.label, counts[outcome]) for outcome in Outcome if counts.get(outcome)]


def _shown(number: int, outcome: str, faults, map: Map) -> Shown:
    """Faults by the headings of the list, since those are what its owner sees."""
    said = [(_headings(name, map), Why(why).label) for name, why in faults]
    return Shown(number, Outcome(outcome).label, said)


def _headings(name: str, map: Map) -> str:
    return ", ".join(map.columns.get(name, [])) or (str(FIELDS[name].label) if name in FIELDS else "")


def _attempt(request, act) -> bool:
    """Do it, or say in a sentence why not."""
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return False
    return True
