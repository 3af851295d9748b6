"""An item of the agenda: the matter, who decides it, and what the secretary notes of it."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.committee.forms import items as at_items
from portal.committee.models import AgendaItem, Meeting, Proposal
from portal.committee.views.meetings import crumbs
from portal.committee.views.pages import VerbPage, require
from portal.committee.workflow import ItemState, MeetingState, ProposalState
from portal.core.workflow import WrongState


class ItemPage(VerbPage):
    """Whoever is barred from a case under it sees its § and nothing more."""

    template_name = "committee/item.html"
    forms = at_items.AT_AN_ITEM
    item: AgendaItem

    def load(self):
        user = self.request.user
        items = AgendaItem.objects.filter(meeting__in=Meeting.objects.open_to(user))
        self.item = get_object_or_404(
            items.barred_for(user).select_related("meeting"),
            pk=self.kwargs["item"],
            meeting=self.kwargs["pk"],
        )
        self.__dict__.pop("proposals", None)

    def check_may(self, form_class):
        require(self.request.user, "committee.keep_meeting")

    @cached_property
    def people(self):
        return list(self.item.meeting.attendance.select_related("user"))

    @cached_property
    def serving(self):
        return self.item.serving()

    @cached_property
    def proposals(self):
        found = Proposal.objects.filter(item=self.item).in_order()
        return list(found.select_related("case", "proposed_by", "decision"))

    def offered(self):
        if self.item.state != ItemState.OPEN or self.item.is_barred:
            return []
        may = self.request.user.has_perm("committee.keep_item", self.item)
        return self.forms if may else []

    def make_form(self, form_class, data=None, **given):
        waiting = [one for one in self.proposals if one.state == ProposalState.OPEN]
        return form_class(
            data,
            obj=self.item,
            people=self.people,
            serving=self.serving,
            proposals=waiting,
            **given,
        )

    def perform(self, form):
        if self.item.meeting.state != MeetingState.OPEN:
            raise WrongState(_("The meeting is not in session."))
        super().perform(form)

    def do(self, form):
        """The text can be had in the words of the outcomes; nothing is decided by that."""
        if form.do == "decide" and "write" in self.request.POST:
            return self.page(self.make_form(type(form), initial=form.written()))
        return super().do(form)

    def way_on(self, form):
        """After the decision on to the next that waits, back to the agenda after the last."""
        if form.do not in ("decide", "put_off"):
            return self.request.path
        later = self.item.meeting.items.open().exclude(pk=self.item.pk)
        following = later.filter(order__gt=self.item.order).first()
        return (following or self.item.meeting).get_absolute_url()

    def get_context_data(self, **context):
        item = self.item
        if item.is_barred:
            return super().get_context_data(
                meeting=item.meeting, item=item, breadcrumbs=self.crumbs(f"§ {item.section or ''}")
            )
        return super().get_context_data(
            meeting=item.meeting,
            item=item,
            proposals=self.proposals,
            reported=self.reported(),
            leaves=item.leaves.select_related("attendance__user", "replaced_by__user"),
            statements=item.statements.select_related("attendance__user"),
            votes=item.votes.select_related("attendance__user"),
            vote_result=item.vote_result(),
            breadcrumbs=self.crumbs(str(item)),
            **self.who_decides(),
            **context,
        )

    def who_decides(self) -> dict:
        """Now, while it is handled; then, when it has been decided."""
        if self.item.state == ItemState.DECIDED:
            return {"decided_by": self.item.present.select_related("user")}
        if self.item.meeting.state != MeetingState.OPEN:
            return {}
        count = len(self.serving)
        return {
            "serving": self.serving,
            "has_quorum": 2 * count > self.item.meeting.seats,
            "must_leave": self.item.barred(self.serving),
        }

    def reported(self):
        if self.item.kind != AgendaItem.Kind.REPORT:
            return []
        return self.item.reported.open_to(self.request.user)

    def crumbs(self, label: str):
        meeting = self.item.meeting
        return crumbs((str(meeting), meeting.get_absolute_url()), (label, ""))
