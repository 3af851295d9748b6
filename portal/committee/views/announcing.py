"""What the secretary has to put on the notice board, and how."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import FormView, TemplateView

from portal.committee.deadlines import ANNOUNCE_WITHIN, appeal_ends
from portal.committee.forms.announcing import AnnounceForm
from portal.committee.models import AgendaItem, Decision, Meeting, Notice
from portal.core.workflow import WrongState

UNPROCESSABLE = 422

private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


@dataclass(frozen=True)
class Waiting:
    """Something to announce, and since when."""

    title: str
    what: str
    since: date
    url: str

    @property
    def last_day(self) -> date:
        return self.since + ANNOUNCE_WITHIN


def rows_waiting_for(user) -> tuple[QuerySet, ...]:
    """Minutes, sections and decisions to announce."""
    return (
        Meeting.objects.to_be_announced(),
        AgendaItem.objects.to_be_announced(),
        Decision.objects.to_be_announced().not_barring(user),
    )


def waiting_for(user) -> list[Waiting]:
    """The longest waiting first."""
    found = []
    meetings, items, decisions = rows_waiting_for(user)
    for meeting in meetings:
        since, url = meeting.minutes.adjusted_at, reverse("announce_meeting", args=[meeting.pk])
        found.append(Waiting(str(meeting), _("Minutes"), timezone.localdate(since), url))
    for item in items:
        since, url = item.minutes.adjusted_at, reverse("announce_section", args=[item.pk])
        found.append(Waiting(str(item), _("§ adjusted at once"), timezone.localdate(since), url))
    for one in decisions:
        url = reverse("announce_decision", args=[one.pk])
        what = _("Delegated decision, point %(point)s") % {"point": one.delegation_point.code}
        found.append(Waiting(str(one), what, one.decided_on, url))
    return sorted(found, key=lambda waiting: waiting.since)


@private
class ToAnnounce(PermissionRequiredMixin, TemplateView):
    template_name = "committee/to_announce.html"
    permission_required = "committee.keep_meeting"

    def get_context_data(self, **context):
        return super().get_context_data(
            waiting=waiting_for(self.request.user), today=timezone.localdate(), **context
        )


@private
class Announce(PermissionRequiredMixin, FormView):
    """Say where it is kept, and put it up. What is up already leads to its notice."""

    form_class = AnnounceForm
    template_name = "committee/announce.html"
    permission_required = "committee.keep_meeting"
    kind: str

    def get_queryset(self):
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        if not self.has_permission():
            return self.handle_no_permission()
        self.object = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        notice = getattr(self.object, "notice", None)
        return redirect(notice) if notice else super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "has_minutes": self.kind != "decision"}

    def get_initial(self):
        latest = Notice.objects.first()
        return {"where": latest.where} if latest else {}

    def get_context_data(self, **context):
        today = timezone.localdate()
        return super().get_context_data(
            object=self.object, today=today, appeal_ends_on=appeal_ends(today), **context
        )

    def form_valid(self, form):
        what = {self.kind: self.object}
        try:
            notice = Notice.objects.announce(
                by=self.request.user, at=timezone.now(), **form.cleaned_data, **what
            )
        except WrongState as error:
            return render(self.request, "409.html", {"reason": str(error)}, status=409)
        messages.success(self.request, _("It is on the notice board."))
        return redirect(notice)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class AnnounceMeeting(Announce):
    kind = "meeting"

    def get_queryset(self):
        return Meeting.objects.begun()


class AnnounceSection(Announce):
    kind = "item"

    def get_queryset(self):
        return AgendaItem.objects.exclude(section=None)


class AnnounceDecision(Announce):
    kind = "decision"

    def get_queryset(self):
        alone = Decision.objects.filter(delegation_point__is_reported=False)
        return alone.select_related("proposal__case").not_barring(self.request.user)
