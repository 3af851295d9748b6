"""The minutes for those who were summoned: reading, adjusting, extracts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import DetailView, View

from portal.cases.models import Case
from portal.committee.minutes import LANGUAGE, extract_of, minutes_of, pdf
from portal.committee.models import Adjustment, Decision, Meeting
from portal.committee.views.pdf import pdf_answer
from portal.committee.workflow import ItemState, MeetingState
from portal.core.workflow import WrongState

private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


class OfMeeting(View):
    """A meeting that has begun, for those it is open to; others get 404."""

    def meeting(self) -> Meeting:
        open_to = Meeting.objects.open_to(self.request.user).begun()
        return get_object_or_404(open_to.select_related("secretary"), pk=self.kwargs["pk"])

    def barred(self) -> set[int]:
        """The cases that the reader has a conflict of interest in."""
        return set(Case.objects.barring(self.request.user).values_list("pk", flat=True))

    def item(self, meeting: Meeting):
        """One that the reader is not barred from."""
        item = get_object_or_404(meeting.items.exclude(section=None), pk=self.kwargs["item"])
        if item.proposals.filter(case__in=self.barred()).exists():
            raise Http404
        return item


@private
class MeetingMinutes(OfMeeting, DetailView):
    """The minutes as a page, who has adjusted them, and what can be done with them now."""

    template_name = "committee/minutes.html"

    def get_object(self, queryset=None):
        return self.meeting()

    def get_context_data(self, **context):
        meeting = self.object
        attendance = meeting.attendance.filter(user=self.request.user, adjusts=True).first()
        own = set(meeting.adjustments.filter(attendance=attendance).values_list("item", flat=True))
        decided = set(meeting.items.filter(state=ItemState.DECIDED).values_list("pk", flat=True))
        stands = meeting.state == MeetingState.ADJUSTED
        crumbs = [
            {"url": meeting.get_absolute_url(), "label": str(meeting)},
            {"label": _("Minutes")},
        ]
        return super().get_context_data(
            told=minutes_of(meeting, barred=self.barred()),
            language=LANGUAGE,
            kept=getattr(meeting, "minutes", None),
            notice=getattr(meeting, "notice", None),
            may_adjust=attendance and meeting.state == MeetingState.CLOSED and None not in own,
            may_adjust_at_once=decided - own if attendance and not stands else set(),
            may_announce=stands and self.request.user.has_perm("committee.keep_meeting"),
            breadcrumbs=crumbs,
            **context,
        )


@private
class MinutesPdf(OfMeeting):
    """As they were adjusted; before that, and for who is barred from a matter, as they are told."""

    def get(self, request, pk):
        meeting, barred = self.meeting(), self.barred()
        kept = getattr(meeting, "minutes", None)
        concerns = meeting.items.filter(proposals__case__in=barred) | meeting.items.filter(
            reported__decision__proposal__case__in=barred
        )
        if kept and not concerns.exists():
            return pdf_answer(kept.file.open(), _file_name(meeting))
        return pdf_answer(pdf(minutes_of(meeting, barred=barred)), _file_name(meeting))


@private
class SectionExtract(OfMeeting):
    """One §; as it was adjusted where that was done at once."""

    def get(self, request, pk, item):
        meeting = self.meeting()
        section = self.item(meeting)
        name = _file_name(meeting, section)
        if kept := getattr(section, "minutes", None):
            return pdf_answer(kept.file.open(), name)
        told = minutes_of(meeting, only=[section], barred=self.barred())
        return pdf_answer(pdf(told), name)


@private
class Adjust(OfMeeting):
    """One of the two finds them right: all of them, or one §."""

    http_method_names = ["post"]

    def post(self, request, pk, item=None):
        meeting = self.meeting()
        section = self.item(meeting) if item else None
        try:
            Adjustment.objects.adjust(meeting, item=section, by=request.user, at=timezone.now())
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=409)
        messages.success(request, _("You have adjusted %(what)s.") % {"what": section or meeting})
        return redirect("meeting_minutes", meeting.pk)


@private
class DecisionExtract(View):
    """The § of a decision, for the parties of its case and those who handle it."""

    def get(self, request, pk):
        cases = Case.objects.open_to(request.user)
        open_to = Decision.objects.with_extract().filter(proposal__case__in=cases)
        related = ("item__meeting__secretary", "proposal__case")
        decision = get_object_or_404(open_to.select_related(*related), pk=pk)
        name = _file_name(decision.item.meeting, decision.item)
        return pdf_answer(pdf(extract_of(decision)), name)


def _file_name(meeting: Meeting, section=None) -> str:
    """In the committee's language, as the documents are."""
    day = meeting.held_on.isoformat()
    return f"utdrag-{day}-{section.section}.pdf" if section else f"protokoll-{day}.pdf"
