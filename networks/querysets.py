from datetime import UTC, datetime, timedelta

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from networks.workflow import COMING, TAKES_PART, EngagementState
from portal.core.publishing import PublishableQuerySet


class DatedQuerySet(models.QuerySet):
    """Rows with `start` and `end`; a day that is not known is open."""

    def current(self, at):
        """Rows that hold on a day."""
        return self.filter(Q(start=None) | Q(start__lte=at), Q(end=None) | Q(end__gte=at))

    def over(self, at):
        return self.filter(end__lt=at)

    def not_over(self, at):
        """Rows that hold on a day or will."""
        return self.filter(Q(end=None) | Q(end__gte=at))


class EngagementQuerySet(DatedQuerySet):
    def decided(self):
        """What holds or has held, by decision or source; not what is only proposed."""
        return self.filter(state=EngagementState.IN_FORCE)

    def current(self, at):
        """Engagements that hold on a day, the latest first; none where the region has left."""
        rows = super().current(at).decided().filter(level__in=TAKES_PART)
        return rows.order_by(F("start").desc(nulls_last=True), "-pk")

    def coming(self):
        """What is being written or awaits its decision."""
        return self.filter(state__in=COMING)

    def with_decision(self):
        related = ["line", "decision__proposal__case", "decision__delegation_point"]
        return self.select_related(*related).prefetch_related("goals")


class NetworkQuerySet(PublishableQuerySet):
    def with_engagement(self, at):
        """Annotate the level of engagement that holds on a day."""
        engagements = self.model.engagements.rel.related_model.objects
        current = engagements.current(at).filter(network=OuterRef("pk"))
        return self.annotate(engagement=Subquery(current.values("level")[:1]))

    def by_acronym(self):
        return self.order_by("acronym", "pk")

    def by_kind(self):
        """EU organisations first, then the professional networks."""
        return self.order_by("kind", "acronym", "pk")

    def with_tags(self):
        tags = self.model.tags.rel.related_model.objects.select_related("perspective")
        return self.select_related("parent").prefetch_related(Prefetch("tags", tags))

    def with_what_is_public(self, at):
        """What page and API tell of a network: its parts, engagements (`decided_engagements`), who
        takes part (`participants`) and who speaks for the region (`spokespeople`) from a day on.
        """
        engagements = self._rows("engagements").decided().with_decision()
        participants = self._rows("participations").named().not_over(at)
        people = self._rows("representatives").named().not_over(at)
        return self.prefetch_related(
            "groups",
            "member_counts",
            Prefetch("engagements", engagements, to_attr="decided_engagements"),
            Prefetch("participations", participants.with_partner(), to_attr="participants"),
            Prefetch("representatives", people.with_mandate(), to_attr="spokespeople"),
        )

    def _rows(self, name):
        return getattr(self.model, name).rel.related_model.objects.all()

    def be_updated(self, at):
        """Something that belongs to the network has changed: harvesters ask since when."""
        self.update(updated_at=at)


class ParticipationQuerySet(DatedQuerySet):
    def named(self):
        """Who the public may read of."""
        return self.filter(partner__publication="published")

    def public(self):
        """Who the public may read of, in networks it may read of."""
        return self.named().filter(network__publication="published")

    def by_network(self):
        return self.select_related("network", "group").order_by("network__acronym", "pk")

    def with_partner(self):
        """The region's own bodies first, each partner's groups together."""
        bodies = models.Case(models.When(partner__kind="own_body", then=0), default=1)
        rows = self.select_related("partner", "group")
        return rows.order_by(bodies, "partner__slug", F("group").asc(nulls_first=True), "pk")


class MembershipQuerySet(DatedQuerySet):
    def public(self):
        """Fees are public money: only what hangs on a network that is a draft is left out."""
        return self.filter(network__publication="published")

    def notice_due(self, at, days: int = 90):
        """Those that go on unless notice is given within so many days."""
        return self.not_over(at).filter(notice_on__range=(at, at + timedelta(days=days)))

    def by_network(self):
        return self.annotate(acronym=F("network__acronym")).order_by("acronym", "pk")

    def with_cost_of(self, year: int):
        """Annotate what each costs in a year; None where no fee is known."""
        fees = self.model.fees.rel.related_model.objects.filter(membership=OuterRef("pk"))  # type: ignore[attr-defined]
        return self.annotate(cost=Subquery(fees.filter(year=year).values("amount")[:1]))

    def with_fees(self):
        """A row for each fee, `year` and `amount`, the latest first; one where there is none."""
        rows = self.select_related("body").annotate(year=F("fees__year"), amount=F("fees__amount"))
        return rows.order_by(F("year").desc(nulls_last=True), "pk")

    def cost_by_year(self):
        """For each year with a fee, the latest first: kronor, and how many memberships."""
        fees = self.model.fees.rel.related_model.objects.filter(membership__in=self.order_by())
        return (
            fees.order_by("-year")
            .values("year")
            .annotate(
                kronor=Sum("amount"),
                memberships=Count("pk"),
                invented=Count("pk", filter=Q(membership__invented=True)),
            )
        )


class RepresentativeQuerySet(DatedQuerySet):
    def named(self):
        """Whom the public page names."""
        return self.filter(is_public=True)

    def public(self):
        return self.named().filter(network__publication="published")

    def with_mandate(self):
        rows = self.select_related("group", "body", "substitute_for")
        return rows.order_by("kind", F("substitute_for").asc(nulls_first=True), "name", "pk")

    def ending(self, at, days: int = 90):
        """Mandates that run out within so many days."""
        return self.current(at).filter(end__lte=at + timedelta(days=days))


class NetworkMeetingQuerySet(models.QuerySet):
    def named(self):
        """Which the public page shows."""
        return self.filter(is_public=True)

    def public(self):
        return self.named().filter(network__publication="published")

    def unreported(self, at):
        """Held, and no report has come home in any language."""
        held = self.alias(last_day=Coalesce("ends_on", "starts_on")).filter(last_day__lt=at)
        for language in ("report_sv", "report_en"):
            held = held.filter(Q(**{language: ""}) | Q(**{language: None}))
        return held

    def with_open_tasks(self):
        tasks = self.model.tasks.rel.related_model.objects.open()
        return self.filter(Exists(tasks.filter(meeting=OuterRef("pk"))))

    def latest_first(self):
        return self.order_by("-starts_on", "-pk")


class TaskQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_on=None)


class PositionQuerySet(PublishableQuerySet):
    def with_tags(self):
        return self.prefetch_related("tags__perspective")

    def with_steps(self):
        """The way of each, with all that its steps name."""
        steps = self.model.steps.rel.related_model.objects.with_places()
        return self.prefetch_related(Prefetch("steps", steps))

    def latest_first(self):
        return self.order_by("-pk")

    def reached(self, level):
        """Those that have been pursued at a level of government."""
        return self.with_step(level=level)

    def pursued_in(self, network):
        return self.with_step(network=network)

    def with_step(self, **conditions):
        steps = self.model.steps.rel.related_model.objects
        return self.filter(Exists(steps.filter(position=OuterRef("pk"), **conditions)))


class PositionStepQuerySet(models.QuerySet):
    def with_places(self):
        return self.select_related("network__parent", "group", "carried_by__network")

    def lacking_a_language(self):
        """Without its text, or with a result in one language only."""
        empty = {
            name: Q(**{name: ""}) | Q(**{name: None})
            for name in ("text_sv", "text_en", "result_sv", "result_en")
        }
        half = Q(empty["result_sv"], ~empty["result_en"]) | Q(
            ~empty["result_sv"], empty["result_en"]
        )
        return self.filter(empty["text_sv"] | empty["text_en"] | half)


class ObservationQuerySet(models.QuerySet):
    def with_told(self):
        """Annotate whether a briefing has gathered it."""
        items = self.model.items.rel.related_model.objects
        return self.annotate(is_told=Exists(items.filter(observation=OuterRef("pk"))))

    def told(self):
        return self.with_told().filter(is_told=True)

    def not_yet_told(self):
        """What no briefing has gathered."""
        return self.with_told().filter(is_told=False)

    def lacking_a_language(self):
        lacking = Q()
        for name in ("title_sv", "title_en", "summary_sv", "summary_en"):
            lacking |= Q(**{name: ""}) | Q(**{name: None})
        return self.filter(lacking)


class BriefingItemQuerySet(models.QuerySet):
    def with_observations(self):
        """All that a page or a mail tells, in the editor's order."""
        items = self.select_related("observation__network")
        return items.prefetch_related("observation__perspectives")


class BriefingQuerySet(PublishableQuerySet):
    def with_items(self):
        return self.prefetch_related(
            Prefetch("items", self.model.items.rel.related_model.objects.with_observations())
        )

    def latest_first(self):
        """By the day they were published; drafts, which have none, come last."""
        published = Coalesce("published_at", Value(datetime.min.replace(tzinfo=UTC)))
        return self.annotate(appeared=published).order_by("-appeared", "-pk")

    @transaction.atomic
    def gather(self, observations, at):
        """A new draft with these observations, the most relevant and most urgent first."""
        day = timezone.localdate(at)
        taken = self.filter(slug__startswith=f"{day}").count()
        briefing = self.create(
            slug=f"{day}-{taken + 1}" if taken else f"{day}",
            **{f"title_{code}": _title(day, code) for code in ("sv", "en")},
        )
        urgent = observations.order_by("-relevance", F("deadline").asc(nulls_last=True), "pk")
        briefing.items.bulk_create(
            briefing.items.model(briefing=briefing, observation=observation, order=order)
            for order, observation in enumerate(urgent, 1)
        )
        return briefing

    def concerning(self, perspectives):
        """With an observation that concerns any of the perspectives."""
        items = self.model.items.rel.related_model.objects.filter(briefing=OuterRef("pk"))
        return self.filter(Exists(items.filter(observation__perspectives__in=perspectives)))


def _title(day, language: str) -> str:
    with override(language):
        return _("Briefing, %(month)s") % {"month": date_format(day, "F Y")}


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)
