"""The officer's outbox: letters read, changed, put aside and sent, one by one or in a batch."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from grants import letters
from grants.filters import LetterFilter
from grants.forms import letters as forms
from grants.models import Letter
from grants.models.letters import Delivery, Pick
from grants.views.assessing import CONFLICT, private
from portal.committee.views.pages import VerbPage, require
from portal.committee.views.pdf import pdf_answer
from portal.committee.workflow import Route
from portal.core.dates import Precision, partial_date
from portal.core.views import FilteredListView
from portal.core.workflow import StaleVersion

# A batch is sent in portions: none keeps its reader waiting long.
PORTION = 20
KEY = "[0-9]{1,18}"


def crumbs(*rest: tuple[str, str]) -> list[dict]:
    above = [
        (_("Workroom"), reverse("workroom")),
        (_("Letters"), reverse("letters") if rest else ""),
    ]
    return [{"label": label, "url": url} for label, url in (*above, *rest)]


@dataclass(frozen=True)
class Group:
    """Letters about what was decided at one meeting, or in one call without a meeting."""

    heading: str
    letters: list[Letter]


def grouped(found: list[Letter]) -> list[Group]:
    return [Group(heading, list(rows)) for heading, rows in groupby(found, _heading)]


def _heading(letter: Letter) -> str:
    if letter.decision and letter.decision.route == Route.MEETING:
        day = partial_date(letter.decision.decided_on, Precision.DAY)
        return _("The meeting of %(day)s") % {"day": day}
    return str(letter.application.call)


class LettersView(PermissionRequiredMixin):
    """For officers; of a case that one is barred from there is no letter."""

    permission_required = "grants.send_letter"


@private
class Letters(LettersView, FilteredListView):
    """What waits, by meeting and call; what has been sent or put aside, the latest first."""

    filterset_class = LetterFilter
    template_name = "grants/letters/list.html"
    title = gettext_lazy("Letters")
    offered = ("q", "state", "call", "kind")

    def get_queryset(self):
        return Letter.objects.visible_to(self.request.user).told_briefly()

    def get_context_data(self, **context):
        page, waits = context["page"], self.filterset.asks_for_what_waits
        groups = grouped(page.items) if waits else [Group("", page.items)] if page.items else []
        return super().get_context_data(groups=groups, waits=waits, breadcrumbs=crumbs(), **context)


@private
class SendLetters(LettersView, TemplateView):
    """First which letters, and to whom; then, confirmed, they go, portion by portion."""

    template_name = "grants/letters/confirm.html"

    def get(self, request, *args, **kwargs):
        """Where somebody comes back to it, in the other language say, nothing is chosen."""
        return redirect("letters")

    def post(self, request, *args, **kwargs):
        if "left" in request.POST:
            return self.send()
        chosen = self.chosen()
        if not chosen:
            messages.error(request, _("Tick the letters that you want to send."))
            return redirect("letters")
        kinds = Counter(one.get_kind_display() for one in chosen)
        picks = [Pick(one.pk, one.version) for one in chosen]
        return self.render_to_response(
            self.get_context_data(
                chosen=chosen,
                kinds=kinds.items(),
                form=batch(picks, Delivery()),
                breadcrumbs=crumbs((_("Send"), "")),
            )
        )

    def chosen(self) -> list[Letter]:
        """Those that were ticked, or all that the list's filters find."""
        mine = Letter.objects.visible_to(self.request.user).told_briefly()
        if "all" in self.request.POST:
            found = LetterFilter(self.request.GET, mine.waiting(), request=self.request)
            return list(found.qs[: forms.MOST]) if not found.problems else []
        ticked = [key for key in self.request.POST.getlist("letter") if re.fullmatch(KEY, key)]
        return list(mine.waiting().filter(pk__in=ticked[: forms.MOST]).by_meeting())

    def send(self):
        form = forms.BatchForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Tick the letters that you want to send."))
            return redirect("letters")
        told, left = form.cleaned_data, form.cleaned_data["left"]
        now = Letter.objects.send_each(left[:PORTION], by=self.request.user, at=timezone.now())
        so_far = Delivery(
            told["sent"] + now.sent, told["gone"] + now.gone, told["changed"] + now.changed
        )
        if len(left) > PORTION:
            return self.goes_on(left[PORTION:], so_far)
        for level, text in told_of(so_far):
            messages.add_message(self.request, level, text)
        return redirect("letters")

    def goes_on(self, left: list[Pick], so_far: Delivery):
        self.template_name = "grants/letters/sending.html"
        done = so_far.sent + so_far.gone + len(so_far.changed)
        return self.render_to_response(
            self.get_context_data(
                done=done, total=done + len(left), form=batch(left, so_far),
                breadcrumbs=crumbs((_("Send"), "")),
            )
        )  # fmt: skip


def batch(left: list[Pick], so_far: Delivery) -> forms.BatchForm:
    initial = {"left": forms.written(left), "changed": forms.written(so_far.changed)}
    return forms.BatchForm(initial=initial | {"sent": so_far.sent, "gone": so_far.gone})


def told_of(delivery: Delivery) -> list[tuple[int, str]]:
    """What became of a batch, in sentences."""
    changed, found = len(delivery.changed), []
    if delivery.sent:
        told = ngettext("%(n)s letter is sent.", "%(n)s letters are sent.", delivery.sent)
        found.append((messages.SUCCESS, told % {"n": delivery.sent}))
    if delivery.gone:
        told = ngettext(
            "%(n)s letter had been sent or put aside already, and was not sent again.",
            "%(n)s letters had been sent or put aside already, and were not sent again.",
            delivery.gone,
        )
        found.append((messages.INFO, told % {"n": delivery.gone}))
    if changed:
        told = ngettext(
            "%(n)s letter was changed after you chose it. It waits: read it before you send it.",
            "%(n)s letters were changed after you chose them. They wait: read them before you "
            "send them.",
            changed,
        )
        found.append((messages.WARNING, told % {"n": changed}))
    return found


class OfLetter(VerbPage):
    """One letter, for those who may handle its case; others get 404."""

    letter: Letter

    def load(self):
        require(self.request.user, "grants.send_letter")
        self.letter = get_object_or_404(
            Letter.objects.visible_to(self.request.user).told_briefly(), pk=self.kwargs["pk"]
        )

    def check_may(self, form_class):
        require(self.request.user, "grants.send_letter", self.letter)

    def offered(self):
        able = {one.verb for one in Letter.workflow.available(self.letter, self.request.user)}
        return [one for one in self.forms if one.do in able]

    def make_form(self, form_class, data=None):
        return form_class(data, obj=self.letter)

    def way_on(self, form):
        return reverse("letter", args=[self.letter.pk])

    def do(self, form):
        try:
            return super().do(form)
        except StaleVersion:
            self.load()
            return self.stale(form)

    def stale(self, form):
        raise NotImplementedError

    def get_context_data(self, **context):
        return super().get_context_data(letter=self.letter, **context)


class LetterPage(OfLetter):
    """As it will look, or looked; and what can be done with it."""

    template_name = "grants/letters/letter.html"
    forms = (forms.SendForm, forms.PutAsideForm, forms.TakeUpForm)

    def stale(self, form):
        return self.page(status=CONFLICT, stale=True)

    def get_context_data(self, **context):
        return super().get_context_data(
            today=timezone.localdate(), breadcrumbs=crumbs((str(self.letter), "")), **context
        )


class ChangeLetter(OfLetter):
    """Its words. What somebody else has written meanwhile stands beside what was typed here."""

    template_name = "grants/letters/change.html"
    forms = (forms.ChangeForm,)

    def stale(self, form):
        form.continue_from(self.letter)
        return self.page(form, status=CONFLICT, stale=True)

    def get_context_data(self, **context):
        above = (str(self.letter), reverse("letter", args=[self.letter.pk]))
        return super().get_context_data(breadcrumbs=crumbs(above, (_("Change"), "")), **context)


@private
class LetterPdf(LettersView, View):
    """As it was sent; before that, as it would be if it were sent now."""

    def get(self, request, pk):
        found = Letter.objects.visible_to(request.user).told_briefly()
        letter = get_object_or_404(found.select_related("document"), pk=pk)
        if letter.document:
            return redirect("document", letter.document_id)
        return pdf_answer(letters.pdf(letter, at=timezone.now()), letters.file_name(letter))
