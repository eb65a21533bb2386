"""One item at a time: ask, write what was seen and heard, judge in words, hear the person."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.instruments import problems
from r2com.core.refusals import Changed, Refused
from r2com.drafts import actions as drafts
from r2com.drafts.forms import remembered
from r2com.organisations.models import Certification
from r2com.ui.forms import Form

from .. import actions
from ..forms import EVIDENCE, EvidenceForm, RatingForm
from ..models import Evidence, Rating
from ..problems import sentence
from ..responses import said
from . import finding


@require_http_methods(["GET", "POST"])
def item(request, pk, item_id):
    """The item's page. Whatever was typed as evidence is added with everything else."""
    page = ItemPage(request, pk, item_id)
    if request.method == "POST" and page.may_add and not page.assessment.is_handed_in:
        answer = page.post(request.POST.get("go", "keep"))
        if answer:
            return answer
    return page.show()


class ItemPage:
    """What one request needs to know about an item: its forms, its evidence, what was kept."""

    def __init__(self, request, pk, item_id):
        self.request = request
        self.assessment, self.guide = finding.find(request, pk)
        self.item, self.items = finding.find_item(request, self.assessment, self.guide, item_id)
        self.may_rate = frame.may(request, self.assessment.case_id, May.RATE)
        self.may_add = frame.may(request, self.assessment.case_id, May.ADD_EVIDENCE)
        self.memory = remembered(request, f"rate:{pk}:{item_id}", case=self.assessment.case_id)
        self.rating = self._rating()
        self.rating_form = RatingForm(request.POST or None, initial=self._initial(), **self._made_from())
        self.evidence_form = self._evidence_form()

    def post(self, go):
        """Do what the pressed button says. None means: show the page again, with what is wrong."""
        if self.evidence_form.is_bound and not self._add_evidence():
            return None
        if go == "evidence" or not self.may_rate:
            return self._stay_here()
        if not self.rating_form.is_valid():
            return None
        return self._do(self._leave_open if go == "not_known" else self._rate)

    def show(self):
        context = {
            "item": self.item,
            "domain": next(d for d in self.guide.domains if d.code == self.item.domain),
            "rating": self.rating,
            "rating_form": self.rating_form,
            "evidence_form": self.evidence_form,
            "evidence": self._evidence(),
            "earlier": self._earlier(),
            "memory": self.memory,
            "after": self._after(),
            "number": self.items.index(self.item) + 1,
            "asked": len(self.items),
            "may_rate": self.may_rate,
            "may_add": self.may_add,
            "reads_all": frame.may(self.request, self.assessment.case_id, May.READ_SENSITIVE),
            "services": self.item.services,
            "needs_explaining": self._needs_explaining(),
            "waits_for_second": self._waits_for_second(),
            "is_for_others": self._is_for_others(),
        }
        status = 409 if self.rating_form.data.get("conflict") else 200
        return finding.show(
            self.request, self.assessment, self.guide, "assessments/item.html", context, status=status
        )

    def _made_from(self):
        """Direction comes after one's own judgement: the last rating is not shown before."""
        hides = self.guide.direction_scale and self._has_earlier() and self.rating is None
        return {
            "guide": self.guide,
            "item": self.item,
            "without": (self.guide.direction_scale,) if hides else (),
        }

    def _rating(self):
        rows = Rating.objects.visible_to(self.request.user).select_related("rated_by", "countersigned_by")
        rating = rows.filter(assessment=self.assessment, item=self.item.id).first()
        if rating is not None:
            rating.assessment = self.assessment
        return rating

    def _initial(self):
        start = {"base": self.rating.version if self.rating else 0}
        if self.rating:
            start |= self.rating.judgements
            start |= {"own_words": self.rating.own_words, "not_asked_because": self.rating.not_asked_because}
        fields = RatingForm(**self._made_from()).fields
        return {**start, **{k: v[0] for k, v in self.memory.fields.items() if v and k in fields}}

    def _evidence_form(self):
        typed = {
            name: values[0] for name, values in self.memory.fields.items() if name in EVIDENCE and values
        }
        posted = self.request.POST if self.request.POST.get("evidence_words", "").strip() else None
        wanted = self.request.method == "POST" and self.request.POST.get("go") == "evidence"
        data = posted or (self.request.POST if wanted else None)
        return EvidenceForm(data, initial=typed, guide=self.guide)

    def _add_evidence(self):
        if not self.evidence_form.is_valid():
            return False
        try:
            actions.add_evidence(
                self.assessment,
                self.item,
                **self.evidence_form.piece(),
                by=self.request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            self.evidence_form.add_error(None, str(refusal))
            return False
        self.evidence_form = EvidenceForm(guide=self.guide)
        self._remember_the_rest()
        return True

    def _remember_the_rest(self):
        """The line is on record now; what stands in the other fields stays as a draft."""
        typed = {k: v for k, v in self.request.POST.lists() if k in self.rating_form.fields}
        with suppress(drafts.OtherVersion):
            draft = drafts.save(
                self.memory.key,
                fields=typed,
                base=self.memory.version,
                case=self.assessment.case_id,
                by=self.request.user,
                at=timezone.now(),
            )
            self.memory.version = draft.version

    def _stay_here(self):
        return redirect(f"{self._address(self.item)}#evidence")

    def _do(self, what):
        try:
            answer = what()
        except actions.Owing as owing:
            for problem in owing.owed:
                field = problem.judgement if problem.judgement in self.rating_form.fields else None
                self.rating_form.add_error(field, sentence(problem))
            return None
        except Changed as changed:
            self._show_both(changed)
            return None
        except Refused as refusal:
            self.rating_form.add_error(None, str(refusal))
            return None
        self.memory.forget()
        return answer

    def _rate(self):
        said, is_first = self.rating_form.said(), self.rating is None
        if is_first and not any(said.values()):
            messages.info(self.request, _("Nothing was chosen, so this one stays open."))
            return self._go_on()
        base = self.rating_form.cleaned_data["base"]
        actions.rate(self.assessment, self.item, **said, base=base, by=self.request.user, at=timezone.now())
        if is_first and self._has_earlier():
            return redirect(f"{self._address(self.item)}#direction")
        return self._go_on()

    def _leave_open(self):
        base = self.rating_form.cleaned_data["base"]
        task = actions.leave_open(
            self.assessment,
            self.item,
            **self.rating_form.said(),
            base=base,
            owner=self.request.user,
            due=None,
            by=self.request.user,
            at=timezone.now(),
        )
        messages.info(self.request, self._question_line(task))
        return self._go_on()

    def _go_on(self):
        """To the next item, or back to the whole after the last."""
        after = self._after()
        return redirect(self._address(after) if after else self.assessment.get_absolute_url())

    def _question_line(self, task):
        return format_html(
            '{} <a href="{}">{}</a>',
            _("This is now a question for you, until %(day)s.") % {"day": date_format(task.due, _("j F Y"))},
            reverse("task", args=[task.pk]),
            _("Change who or when"),
        )

    def _show_both(self, changed):
        """Keep what is typed here, show what was kept elsewhere, and let the next press decide."""
        self.rating = self._rating()
        self.rating_form.add_error(None, str(changed))
        self.rating_form.data = {
            **self.rating_form.data.dict(),
            "base": self.rating.version if self.rating else 0,
            "conflict": "1",
        }

    def _evidence(self):
        rows = Evidence.objects.visible_to(self.request.user).select_related("added_by", "assessment")
        rows = rows.filter(assessment=self.assessment, item=self.item.id, taken_back_at__isnull=True)
        stances = self.guide.scales["stance"].words.values()
        kept = list(rows)
        return [(stance, [row for row in kept if row.stance == stance.id]) for stance in stances]

    def _has_earlier(self):
        return self._earlier_rating() is not None

    def _earlier_rating(self):
        if not hasattr(self, "_found_earlier"):
            rows = Rating.objects.visible_to(self.request.user)
            rows = rows.filter(assessment=self.assessment.earlier_id, item=self.item.id)
            self._found_earlier = (
                rows.select_related("assessment").first() if self.assessment.earlier_id else None
            )
        return self._found_earlier

    def _earlier(self):
        """The last rating, once this item has one of its own."""
        return self._earlier_rating() if self.rating is not None else None

    def _after(self):
        place = self.items.index(self.item) + 1
        return self.items[place] if place < len(self.items) else None

    def _address(self, item):
        return reverse("item", args=[self.assessment.pk, item.id])

    def _needs_explaining(self):
        return self.item.sensitive and not self.assessment.case.person.notices_given.exists()

    def _is_for_others(self):
        """Whether only certified workers judge this, and the reader is none."""
        organisation = self.assessment.case.organisation
        return self.guide.is_for_certified(self.item.id) and not Certification.is_held_by(
            self.request.user, organisation, on=timezone.localdate()
        )

    def _waits_for_second(self):
        if self.rating is None:
            return False
        rows = [row for _stance, rows in self._evidence() for row in rows]
        owed = problems(self.guide, {self.item.id: said(self.rating, rows)}, completing=False)
        return any(problem.kind == "countersignature" for problem in owed)


@require_POST
def not_known(request, pk, item_id):
    """Not known for now, in one tap, from wherever the item is listed."""
    page = ItemPage(request, pk, item_id)
    if not page.may_rate:
        raise Http404
    page.rating_form = RatingForm({"base": page.rating.version if page.rating else 0}, **page._made_from())
    page.rating_form.is_valid()
    return page._do(page._leave_open) or page.show()


@require_http_methods(["GET", "POST"])
def countersign(request, pk, item_id):
    """A second person reads the judgement and its evidence, and stands behind it."""
    page = ItemPage(request, pk, item_id)
    if not page.assessment.case.is_written_in or page.rating is None or not page._waits_for_second():
        raise Http404
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.countersign(page.rating, by=request.user, at=timezone.now())
            return redirect("item", pk, item_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"item": page.item, "rating": page.rating, "evidence": page._evidence(), "form": form}
    return finding.show(request, page.assessment, page.guide, "assessments/countersign.html", context)
