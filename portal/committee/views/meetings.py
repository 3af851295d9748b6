"""The meetings, and one of them from its agenda to its close."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import pgettext

from portal.committee.forms import meetings as of_meetings
from portal.committee.models import Meeting, Proposal
from portal.committee.views.pages import VerbPage, require
from portal.committee.workflow import ItemState
from portal.core.keyset import InvalidCursor, Page, keyset_page


def crumbs(*rest: tuple[str, str]) -> list[dict]:
    """(label, address) of what lies above the page; the page itself has no address."""
    above = ((pgettext("committee", "Meetings"), reverse("meetings")), *rest) if rest else ()
    return [{"label": label, "url": url} for label, url in above]


class Meetings(VerbPage):
    """Those to come and those that were held; where a secretary plans a new one."""

    template_name = "committee/meetings.html"
    forms = (of_meetings.PlanForm,)

    def load(self):
        require(self.request.user, "committee.attend_meetings")

    def check_may(self, form_class):
        require(self.request.user, "committee.keep_meeting")

    def offered(self):
        return self.forms if self.request.user.has_perm("committee.keep_meeting") else ()

    def make_form(self, form_class, data=None):
        return form_class(data, obj=None)

    def way_on(self, form):
        return form.obj.get_absolute_url()

    def get_context_data(self, **context):
        user = self.request.user
        mine = Meeting.objects.open_to(user)
        held = Page([], None, None)
        try:
            cursor = self.request.GET.get("cursor")
            held = keyset_page(mine.held(), cursor, 50)
        except InvalidCursor as error:
            context["problem"] = error.messages[0]
        return super().get_context_data(
            to_come=mine.to_come(),
            page=held,
            to_adjust=Meeting.objects.to_be_adjusted_by(user),
            urgent=Proposal.objects.urgent_for(user).select_related("case"),
            breadcrumbs=crumbs(),
            **context,
        )


class MeetingPage(VerbPage):
    """For the secretary all that is to be done with the meeting; for the others its agenda."""

    template_name = "committee/meeting.html"
    forms = (*of_meetings.BEFORE, *of_meetings.AT_THE_MEETING)
    meeting: Meeting

    def load(self):
        self.meeting = get_object_or_404(
            Meeting.objects.open_to(self.request.user).select_related("secretary"),
            pk=self.kwargs["pk"],
        )

    def check_may(self, form_class):
        require(self.request.user, "committee.keep_meeting")

    @cached_property
    def people(self):
        return list(self.meeting.attendance.select_related("user"))

    def offered(self):
        able = {one.verb for one in Meeting.workflow.available(self.meeting, self.request.user)}
        return [one for one in self.forms if (one.verb or one.do) in able]

    def make_form(self, form_class, data=None):
        given = {}
        if form_class in (of_meetings.PutUpProposals, of_meetings.PutUpPacket):
            waiting = Proposal.objects.visible_to(self.request.user).awaiting_a_meeting()
            given["waiting"] = waiting.select_related("case").in_order()
        return form_class(data, obj=self.meeting, people=self.people, **given)

    def get_context_data(self, **context):
        items = list(self.meeting.items.barred_for(self.request.user))
        return super().get_context_data(
            meeting=self.meeting,
            items=items,
            left=[item for item in items if item.state == ItemState.OPEN],
            people=self.people,
            serving=[one for one in self.people if one.serves],
            adjusters=[one for one in self.people if one.adjusts],
            today=timezone.localdate(),
            breadcrumbs=crumbs((str(self.meeting), "")),
            **context,
        )
