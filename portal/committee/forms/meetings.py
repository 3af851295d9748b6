"""What the secretary fills in before a meeting, and when it begins."""

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.committee.forms.pages import PageForm, PersonField
from portal.committee.models import Meeting, Packet, Seat
from portal.core.fields import PlainMomentField
from portal.core.money import format_money
from portal.core.widgets import Paragraphs


class DayAndTime(forms.SplitDateTimeWidget):
    def __init__(self):
        super().__init__(
            date_attrs={"type": "date", "aria-label": _("Day")},
            time_attrs={"type": "time", "aria-label": _("Time")},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )


class PlanForm(PageForm):
    """`obj` is nothing yet."""

    do = "plan"
    begins_at = PlainMomentField(label=_("Day and time"), widget=DayAndTime)
    place = forms.CharField(label=_("Place"), max_length=150)

    def perform(self, *, by, at):
        self.obj = Meeting.objects.plan(by=by, at=at, **self.cleaned_data)


class ProposalChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, proposal):
        said = [proposal.get_outcome_display(), format_money(proposal.amount)]
        what = " ".join(one for one in map(str, said) if one)
        return f"{proposal.case.number} {proposal.case.title}: {what}"


class PutUpProposals(PageForm):
    """Proposals that wait, as a packet under one heading or each as an item of its own."""

    do, verb = "put_up_proposals", "put_up"
    done = _("It stands on the agenda.")
    proposals = ProposalChoice(queryset=None, label=_("Proposals"))
    each = forms.BooleanField(
        label=_("Each as an item of its own, with its matter as the heading"), required=False
    )
    title = forms.CharField(
        label=_("Heading"), max_length=200, required=False,
        help_text=_("One heading for all that you have chosen."),
    )  # fmt: skip

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proposals"].queryset = waiting

    def clean(self):
        given = super().clean()
        chosen = given.get("proposals") or ()
        if len(chosen) == 1 and not given.get("title"):
            given["each"] = True
        if not given.get("each") and not given.get("title") and chosen:
            self.add_error("title", _now("Write the heading that they stand under."))
        return given

    @transaction.atomic
    def perform(self, *, by, at):
        given = self.cleaned_data
        proposals = list(given["proposals"])
        if not given["each"]:
            self.obj.put_up(by=by, at=at, title=given["title"], proposals=proposals)
            return
        for one in proposals:
            self.obj.put_up(by=by, at=at, title=one.case.title, proposals=[one])


class PutUpPacket(PageForm):
    """All that wait of a packet, with one press, under its own heading and in its own order."""

    do, verb = "put_up_packet", "put_up"
    done = _("It stands on the agenda.")
    packet = forms.ModelChoiceField(queryset=Packet.objects.all())

    def __init__(self, *args, waiting, **kwargs):
        self.waiting = waiting
        super().__init__(*args, **kwargs)

    @cached_property
    def packets(self) -> list[tuple]:
        """(packet, how many of it wait) of those with more than one."""
        return self.waiting.packets()

    def arguments(self):
        packet = self.cleaned_data["packet"]
        proposals = list(self.waiting.filter(place__packet=packet))
        if not proposals:
            raise forms.ValidationError(_now("Nothing of it waits any more."))
        return {"title": packet.title, "proposals": proposals}


class OtherMatter(PageForm):
    do = "put_up"
    done = _("It stands on the agenda.")
    title = forms.CharField(label=_("Heading"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"), max_length=5000, required=False,
        widget=Paragraphs(attrs={"rows": 4, "cols": False}),
    )  # fmt: skip


class OfItem(PageForm):
    """Pressed at an item of the agenda."""

    item = forms.ModelChoiceField(queryset=None)

    def build(self):
        self.fields["item"].queryset = self.obj.items.all()


class MoveItem(OfItem):
    do = "move_item"
    done = _("It is moved.")
    way = forms.ChoiceField(choices=[("up", _("Up")), ("down", _("Down"))])

    def arguments(self):
        return {"item": self.cleaned_data["item"], "up": self.cleaned_data["way"] == "up"}


class TakeOff(OfItem):
    do = "take_off"
    done = _("It is taken off the agenda.")


class Summon(PageForm):
    do = "summon"
    done = _("All who have a seat are summoned by mail.")


class NoteAttendance(PageForm):
    """A row for each who is summoned: there or not, and for whom a substitute stands in."""

    do = "note_attendance"
    done = _("The attendance is noted.")

    def build(self):
        members = [one for one in self.people if one.role != Seat.Role.SUBSTITUTE]
        for one in self.people:
            self.fields[f"there_{one.pk}"] = forms.BooleanField(
                label=_now("%(name)s is there") % {"name": one}, required=False,
                initial=one.is_present,
            )  # fmt: skip
            if one.role == Seat.Role.SUBSTITUTE:
                field = PersonField(
                    label=_now("%(name)s stands in for") % {"name": one}, required=False,
                    initial=one.stands_in_for_id,
                )  # fmt: skip
                field.among(members, empty=_now("nobody"))
                self.fields[f"for_{one.pk}"] = field

    @property
    def rows(self):
        """(attendance, the box, the choice of whom for or None) in the order of the seats."""
        for one in self.people:
            name = f"for_{one.pk}"
            yield one, self[f"there_{one.pk}"], self[name] if name in self.fields else None

    def arguments(self):
        given = self.cleaned_data
        stands_in = {one: given.get(f"for_{one.pk}") for one in self.people}
        return {
            "present": [one for one in self.people if given[f"there_{one.pk}"]],
            "stands_in": {one: member for one, member in stands_in.items() if member},
        }


class OpenMeeting(PageForm):
    do = "open"
    done = _("The meeting is in session.")
    adjuster = PersonField(
        label=_("Adjuster"), help_text=_("Adjusts the minutes together with the chair.")
    )

    def build(self):
        chairs = (Seat.Role.CHAIR, Seat.Role.VICE_CHAIR)
        serving = [one for one in self.people if one.serves]
        leading = min(
            (one for one in serving if one.role in chairs),
            key=lambda one: (one.role, one.order), default=None,
        )  # fmt: skip
        self.fields["adjuster"].among([one for one in serving if one != leading])


class Close(PageForm):
    do = "close"
    done = _("The meeting is closed.")


BEFORE = (PutUpPacket, PutUpProposals, OtherMatter, MoveItem, TakeOff, Summon)
AT_THE_MEETING = (NoteAttendance, OpenMeeting, Close)
