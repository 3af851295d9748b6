from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext as _

from portal.cases.querysets import OfCases
from portal.core.dates import start_of
from portal.core.models import EuMembership


class DelegationPointQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def naming(self, user, day):
        """The points under which this person may decide on a day."""
        return self.in_force(day).filter(delegates=user)

    def covering(self, amount, day):
        """Those in force that name somebody who may grant as much, as `ceiling_of` has it."""
        named = self.in_force(day).exclude(delegates=None)
        if amount is None:
            return named
        through = self.model.delegates.through.objects
        roles = Group.objects.filter(user=OuterRef(OuterRef("user"))).values("name")
        theirs = self.model.role_ceilings.rel.related_model.objects.filter(
            point=OuterRef("delegationpoint"), role__in=roles
        )
        may = through.filter(
            ~Exists(theirs) | Exists(theirs.filter(ceiling__gte=amount)),
            delegationpoint=OuterRef("pk"),
        )
        return named.filter(Exists(may), Q(ceiling=None) | Q(ceiling__gte=amount))


class ProposalQuerySet(OfCases):
    def awaiting_decision(self):
        return self.filter(state="open")

    def awaiting_a_meeting(self):
        """Open ones that the committee decides, and that stand on no agenda yet."""
        return self.awaiting_decision().filter(delegation_point=None, item=None)

    def in_order(self):
        """By the rank they were proposed with in their packet; the others as their cases came."""
        return self.order_by(F("place__rank").asc(nulls_last=True), "case_id")

    def packets(self) -> list[tuple]:
        """(packet, how many of these stand in it) of each that holds more than one."""
        place = self.model.place.related.related_model  # type: ignore[attr-defined]
        packet = place.packet.field.related_model
        counted = self.order_by().values("place__packet").annotate(number=Count("pk"))
        numbers = dict(counted.filter(number__gt=1).values_list("place__packet", "number"))
        numbers.pop(None, None)
        return [(one, numbers[one.pk]) for one in packet.objects.filter(pk__in=numbers)]

    def visible_to(self, user):
        """Officers see all, secretaries what goes to a meeting; none what they are barred from."""
        if user.has_perm("cases.handle_case"):
            return self.not_barring(user)
        if user.has_perm("cases.prepare_meeting"):
            return self.not_barring(user).filter(delegation_point=None)
        return self.none()

    def urgent_for(self, user):
        """What the committee decides, and its chair may when it cannot wait."""
        if not user.has_perm("committee.decide_urgently"):
            return self.none()
        return self.awaiting_decision().not_barring(user).filter(delegation_point=None)

    def decidable_by(self, user, day):
        """What awaits this person's own decision: as a named delegate, or as secretary."""
        points = self.model.delegation_point.field.related_model.objects.naming(user, day)
        mine = Q(delegation_point__in=points.values("pk"))
        if user.has_perm("cases.prepare_meeting"):
            mine |= Q(delegation_point=None)
        return self.awaiting_decision().not_barring(user).filter(mine)


class SeatQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(end=None) | Q(end__gte=day), start__lte=day)

    def leading(self):
        """The seats of the chair and the vice chairs."""
        return self.filter(role__in=("chair", "vice_chair"))


class MeetingQuerySet(models.QuerySet):
    def held_by(self, day):
        """Those on that day or before it."""
        return self.filter(begins_at__lt=start_of(day + timedelta(days=1)))

    def open_to(self, user):
        """Secretaries keep them all; members and substitutes read what they are summoned to."""
        if user.has_perm("committee.keep_meeting"):
            return self
        summoned = self.exclude(state="planned")
        return summoned.filter(attendance__user=user) if user.is_authenticated else self.none()

    def begun(self):
        """Those with something to write minutes of."""
        return self.exclude(state__in=("planned", "summoned"))

    def to_be_announced(self):
        """Adjusted, and not yet on the notice board."""
        return self.filter(state="adjusted", notice=None).select_related("minutes")

    def to_come(self):
        """Not closed yet, the nearest first: few, and all of them are shown."""
        return self.filter(state__in=("planned", "summoned", "open")).order_by("begins_at", "pk")

    def held(self):
        return self.filter(state__in=("closed", "adjusted")).order_by("-begins_at", "-pk")

    def to_be_adjusted_by(self, user):
        """Closed ones whose minutes wait for this person."""
        mine = self.model.attendance.rel.related_model.objects.filter(user=user, adjusts=True)
        adjusted = self.model.adjustments.rel.related_model.objects.filter(
            item=None, attendance__user=user
        )
        return self.filter(
            Exists(mine.filter(meeting=OuterRef("pk"))),
            ~Exists(adjusted.filter(meeting=OuterRef("pk"))),
            state="closed",
        )


class AttendanceQuerySet(models.QuerySet):
    def serving(self):
        """Members who are there, and substitutes who stand in for one who is not."""
        there = self.filter(is_present=True).select_related("user")
        return there.filter(~Q(role="substitute") | Q(stands_in_for__isnull=False))

    def leading(self):
        """Who leads: the chair, else a vice chair, of those who serve."""
        found = self.serving().filter(role__in=("chair", "vice_chair"))
        return found.order_by("role", "order", "pk").first()


class AgendaItemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state="open")

    def to_be_announced(self):
        """Adjusted at once, and not yet on the notice board, alone or with the meeting."""
        unannounced = self.filter(notice=None, meeting__notice=None, minutes__isnull=False)
        return unannounced.select_related("minutes", "meeting")

    def barred_for(self, user):
        """Annotate whether the person has a conflict of interest in a case under the item."""
        cases = self.model.proposals.rel.related_model.case.field.related_model.objects
        barring = cases.barring(user).filter(proposals__item=OuterRef("pk"))
        return self.annotate(is_barred=Exists(barring))

    def report_delegated(self, meeting) -> None:
        """Last on the agenda: what has been decided in the committee's name and not reported."""
        report = self.model.reported.rel.related_model  # type: ignore[attr-defined]
        decisions = list(report.decision.field.related_model.objects.to_be_reported())
        if not decisions:
            return
        last = meeting.items.aggregate(last=Max("order"))["last"] or 0
        item = self.create(
            meeting=meeting, kind="report", order=last + 1,
            title=_("Delegated decisions"),
        )  # fmt: skip
        report.objects.bulk_create(report(item=item, decision=one) for one in decisions)


class ReportedQuerySet(OfCases):
    case_path = "decision__proposal__case"

    def open_to(self, user):
        """In the order they were decided; none that the reader is barred from."""
        found = self.not_barring(user).order_by("decision__decided_on", "decision_id")
        return found.select_related(
            "decision__proposal__case", "decision__delegate", "decision__delegation_point"
        )


class NoticeQuerySet(models.QuerySet):
    def up(self, day):
        """On the notice board that day."""
        return self.filter(announced_on__lte=day, appeal_ends_on__gte=day)

    def taken_down(self, day):
        """Whose last day has passed, the latest first."""
        return self.filter(appeal_ends_on__lt=day).order_by("-announced_on", "-pk")

    def with_what_is_announced(self):
        return self.select_related(
            "meeting__minutes", "item__minutes", "item__meeting", "decision__proposal__case",
            "decision__delegation_point",
        )  # fmt: skip


class DecisionQuerySet(OfCases):
    case_path = "proposal__case"

    def public(self):
        """Decisions are public; what secrecy withholds is marked on the case."""
        return self.exclude(proposal__case__registered_at=None)

    def to_be_reported(self):
        """Delegated where the committee has said so, and the chair's urgent ones; not yet told."""
        told = Q(route="urgent") | Q(route="delegated", delegation_point__is_reported=True)
        return self.filter(told, report=None).order_by("decided_on", "pk")

    def to_be_announced(self):
        """Delegated ones that the committee is not told of, and not yet on the notice board."""
        alone = self.filter(delegation_point__is_reported=False, notice=None)
        return alone.select_related("proposal__case", "delegation_point")

    def with_extract(self):
        """Decided under a § whose minutes are adjusted: all of them, or this one at once."""
        adjusted = Q(item__meeting__state="adjusted") | Q(item__minutes__isnull=False)
        return self.filter(adjusted)

    def with_announcement(self):
        """With the notice that starts the appeal, wherever it comes from."""
        return self.select_related(
            "proposal__case", "notice", "item__notice", "item__meeting__notice",
            "report__item__notice", "report__item__meeting__notice",
        )  # fmt: skip

    def latest_first(self):
        return self.order_by("-decided_on", "-pk")

    def in_order(self):
        """As their proposals: see `ProposalQuerySet.in_order`."""
        return self.order_by(F("proposal__place__rank").asc(nulls_last=True), "proposal__case_id")

    def in_eu(self):
        """Annotate whether the country was in the EU on the day of decision."""
        return self.annotate(in_eu=EuMembership.objects.covering("country", "decided_on"))

    def by_eu(self, inside: bool):
        covering = EuMembership.objects.covering("country", "decided_on")
        return self.exclude(country="").filter(covering if inside else ~covering)
