from datetime import date, timedelta

from django.db import models
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear, NullIf

from agreements.workflow import (
    COMING,
    LIVE_COMMITMENT,
    OPEN_FOR_TERMS,
    SIGNED,
    CommitmentState,
    ReviewState,
    VersionState,
)
from portal.cases.querysets import OfCases
from portal.core.models import EuMembership
from portal.core.publishing import PublishableQuerySet
from portal.core.querysets import in_readers_language

EXPIRING = timedelta(days=90)


class AgreementQuerySet(OfCases, PublishableQuerySet):
    def visible_to(self, user):
        """A draft of a matter that the person is barred from is a draft to them, too."""
        seen = super().visible_to(user)
        return self.public() | seen.not_barring(user) if user.is_authenticated else seen

    def in_force(self, at):
        running = self.filter(Q(valid_until=None) | Q(valid_until__gte=at), signed_on__lte=at)
        return running.filter(Q(terminated_on=None) | Q(terminated_on__gte=at))

    def expiring(self, at):
        """In force, with an end within ninety days."""
        return self.in_force(at).filter(valid_until__lt=at + EXPIRING)

    def coming(self, at):
        return self.filter(Q(signed_on=None) | Q(signed_on__gt=at))

    def expired(self, at):
        """Past its end, without having been terminated before it."""
        return self.filter(valid_until__lt=at).exclude(pk__in=self.terminated(at).values("pk"))

    def ended(self, at):
        """Once in force and no more, whether expired or terminated."""
        over = Q(valid_until__lt=at) | Q(terminated_on__lt=at)
        return self.filter(over, signed_on__lte=at)

    def terminated(self, at):
        return self.filter(terminated_on__lt=at)

    def latest_first(self):
        """By signing; what is not signed yet comes last."""
        signing = Coalesce("signed_on", Value(date.min), output_field=DateField())
        return self.annotate(signing=signing).order_by("-signing", "-pk")

    def with_parties(self):
        parties = self.model.parties.rel.related_model.objects.select_related("partner")
        return self.prefetch_related(Prefetch("parties", parties))

    def with_tags(self):
        tags = self.model.tags.rel.related_model.objects.select_related("perspective")
        return self.with_parties().prefetch_related(Prefetch("tags", tags))

    def with_public_exchanges(self):
        """As `public_exchanges`."""
        exchanges = self.model.exchanges.rel.related_model.objects.public()
        with_perspectives = exchanges.prefetch_related("perspectives")
        return self.prefetch_related(
            Prefetch("exchanges", with_perspectives, to_attr="public_exchanges")
        )

    def with_parties_in(self, country):
        parties = self._parties_abroad().filter(partner__country=country)
        return self.filter(Exists(parties))

    def in_eu(self):
        """Annotate whether a party abroad was in the EU on the day of signing."""
        return self.annotate(in_eu=Exists(self._parties_in_eu()))

    def by_eu(self, inside: bool):
        """Signed agreements with a party abroad that was in the EU that day, or with none."""
        in_eu = Exists(self._parties_in_eu())
        return self.exclude(signed_on=None).filter(in_eu if inside else ~in_eu)

    def with_open_terms(self):
        """With a version whose terms can be written now; there is at most one."""
        return self.filter(versions__state__in=OPEN_FOR_TERMS)

    def most_late_first(self, commitments, on):
        """Those with any of these commitments, annotated with how many of them are late."""
        own = commitments.order_by().filter(agreement=OuterRef("pk"))
        late = own.late(on).values("agreement").annotate(count=Count("pk")).values("count")
        counted = Coalesce(Subquery(late), 0, output_field=IntegerField())
        return self.filter(Exists(own)).annotate(late=counted).order_by("-late", "-pk")

    def _parties_abroad(self):
        """The agreement's published counterparts; the region's own bodies do not count."""
        parties = self.model.parties.rel.related_model.objects
        published = parties.filter(agreement=OuterRef("pk"), partner__publication="published")
        return published.exclude(partner__kind="own_body").order_by()

    def _parties_in_eu(self):
        covering = EuMembership.objects.covering("partner__country", "agreement__signed_on")
        return self._parties_abroad().filter(covering)


class VersionQuerySet(models.QuerySet):
    def signed(self):
        """What has been in force, in order of signing; terminated versions too."""
        return self.filter(state__in=SIGNED)

    def in_force(self, at):
        """The versions that hold: the last one signed of each agreement in force."""
        later = self.model.objects.signed().filter(
            agreement=OuterRef("agreement"), number__gt=OuterRef("number")
        )
        running = Q(valid_until=None) | Q(valid_until__gte=at)
        return self.filter(running, ~Exists(later), state=VersionState.SIGNED)

    def with_all_that_is_told(self):
        """With what the agreement's page tells of each: when it was confirmed, and the decision."""
        versions = self.select_related("agreement", "decision__proposal__case")
        return versions.prefetch_related("confirmations")

    def coming(self):
        """What is being written, negotiated, decided or confirmed."""
        return self.filter(state__in=COMING)


class ConfirmationQuerySet(models.QuerySet):
    def live(self):
        return self.filter(voided_at=None)


def _ours(commitment: str = "") -> Q:
    """Undertaken by the committee or one of the region's own bodies."""
    partner = f"{commitment}party__partner"
    return Q(**{partner: None}) | Q(**{f"{partner}__kind": "own_body"})


def _side(commitment: str = "") -> Case:
    return Case(When(_ours(commitment), then=Value("ours")), default=Value("theirs"))


_AWAITED_ON = Coalesce("next_on", "due_on")


class CommitmentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state__in=LIVE_COMMITMENT)

    def kept_or_live(self):
        """What is to be done, and what has been."""
        return self.filter(state__in=(*LIVE_COMMITMENT, CommitmentState.DONE))

    def for_terms(self):
        """In the order in which the terms list them."""
        return self.order_by("pk").prefetch_related("wordings", "perspectives")

    def of_signed_versions(self):
        """The ledger, internal or not: a draft promises nothing yet."""
        return self.filter(version__state__in=SIGNED)

    def public(self):
        """What is marked, in versions that have been signed, of agreements the public reads.

        A party that is a draft is named nowhere, so neither is what it undertakes.
        """
        known = Q(party__partner=None) | Q(party__partner__publication="published")
        marked = self.filter(known, is_public=True, agreement__publication="published")
        return marked.of_signed_versions()

    def ours(self):
        return self.filter(_ours())

    def theirs(self):
        return self.exclude(_ours())

    def late(self, at):
        """Live, with a day that has passed; of a rhythm, the day of the next time."""
        return self.live().awaited_before(at)

    def awaited_before(self, at):
        return self.alias(awaited=_AWAITED_ON).filter(awaited__lt=at)

    def awaited_between(self, first, last):
        return self.alias(awaited=_AWAITED_ON).filter(awaited__range=(first, last))

    def longest_awaited_first(self):
        return self.annotate(awaited=_AWAITED_ON).order_by("awaited", "pk")

    def of(self, agreements):
        return self.filter(agreement__in=agreements)

    def serving(self, perspectives):
        """Any of these perspectives."""
        claims = self.model.perspectives.through.objects.filter(
            commitment=OuterRef("pk"), perspective__in=list(perspectives)
        )
        return self.filter(Exists(claims))

    def of_year(self, year: int):
        """Whose day falls in the year, whatever became of it, or that were done in it."""
        fulfilments = self.model.fulfilments.rel.related_model.objects  # type: ignore[attr-defined]
        done = fulfilments.filter(commitment=OuterRef("pk"), done_on__year=year)
        awaited = self.alias(awaited=_AWAITED_ON)
        return awaited.filter(Q(awaited__year=year) | Exists(done))

    def for_page(self):
        """With all that an agreement's page tells of each; `serves` and `noted` are lists of its
        perspectives and fulfilments.
        """
        fulfilments = self.model.fulfilments.rel.related_model.objects.select_related("document")
        return self.select_related("party__partner").prefetch_related(
            Prefetch("perspectives", to_attr="serves"),
            Prefetch("fulfilments", fulfilments, to_attr="noted"),
        )

    def in_rows(self):
        """The columns of `agreements.ledgerrows.CommitmentRow`, in its order."""
        columns = (
            "pk", "agreement", "side", "text_sv", "text_en", "exchange", "due_on", "next_on",
            "rhythm", "state", "invented",
        )  # fmt: skip
        # Not rewritten: a translated model's queryset would look at each row for its language.
        rows = self.rewrite(False).annotate(side=_side()).order_by("pk")  # type: ignore[attr-defined]
        return rows.values_list(*columns)

    def in_short(self):
        """Rows in place of models, where there may be thousands.

        A party without a partner and a name of its own is the committee: `who` is empty.
        """
        told = {
            "awaited": _AWAITED_ON,
            "said": in_readers_language("text"),
            "agreed": in_readers_language("agreement__title", "agreement__slug"),
            "who": Coalesce(
                NullIf(F("party__name"), Value("")),
                in_readers_language("party__partner__name", "party__partner__slug"),
                output_field=TextField(),
            ),
            "officer": F("agreement__case__officer"),
            "case": F("agreement__case"),
        }
        # Not rewritten: a translated model's queryset would look at each row for its language.
        rows = self.rewrite(False).annotate(**told).order_by()  # type: ignore[attr-defined]
        return rows.values_list("pk", *told, named=True)

    def carry_on(self, version) -> None:
        """What is live stands in the next version too, as commitments of its own."""
        for one in self.live().prefetch_related("wordings", "perspectives"):
            terms = ("agreement", "party", "text_sv", "text_en", "exchange", "rhythm")
            copy = self.model.objects.create(  # type: ignore[attr-defined]
                version=version,
                continues=one,
                due_on=one.awaited_on,
                is_public=one.is_public,
                invented=one.invented,
                **{name: getattr(one, name) for name in terms},
            )
            copy.perspectives.set(one.perspectives.all())
            copy.wordings.bulk_create(
                type(wording)(commitment=copy, language=wording.language, text=wording.text)
                for wording in one.wordings.all()
            )

    def be_replaced(self, *, by, at) -> None:
        """A newly signed version has replaced these."""
        for commitment in self.live():
            commitment.be_changed(by=by, at=at)

    # --- The balance of both sides, counted by the database -------------------------------------

    def by_state(self, on):
        """(side, state, how many of them, how many of those are late)."""
        late = Q(state__in=LIVE_COMMITMENT, awaited__lt=on)
        sides = self.alias(awaited=_AWAITED_ON).annotate(side=_side()).order_by()
        return sides.values_list("side", "state").annotate(
            Count("pk"), late=Count("pk", filter=late)
        )

    def by_agreement(self):
        """(agreement, side, state, how many)."""
        sides = self.annotate(side=_side()).order_by()
        return sides.values_list("agreement", "side", "state").annotate(Count("pk"))

    def awaited_by_year(self):
        """(side, year, how many are awaited in it): the next time of each that is live."""
        dated = self.live().alias(awaited=_AWAITED_ON).exclude(awaited=None)
        years = dated.annotate(side=_side(), year=ExtractYear("awaited")).order_by()
        return years.values_list("side", "year").annotate(Count("pk"))

    def by_perspective(self):
        """(side, perspective, how many serve it, how many of those have been kept).

        Kept is what is done, and of a rhythm what has been done once. What a new version has
        replaced, or was dropped, is not counted.
        """
        fulfilments = self.model.fulfilments.rel.related_model.objects
        fulfilled = Exists(fulfilments.filter(commitment=OuterRef("pk")))
        sides = self.kept_or_live().alias(fulfilled=fulfilled).annotate(side=_side()).order_by()
        claims = sides.filter(perspectives__isnull=False).values_list("side", "perspectives")
        return claims.annotate(Count("pk"), kept=Count("pk", filter=Q(fulfilled=True)))


class FulfilmentQuerySet(models.QuerySet):
    def by_years(self):
        """(side, year when due or None, year when done, how many)."""
        years = self.annotate(
            side=_side("commitment__"), due=ExtractYear("due_on"), done=ExtractYear("done_on")
        )
        return years.order_by().values_list("side", "due", "done").annotate(Count("pk"))


class ExchangeQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True, agreement__publication="published")


class ReviewQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=ReviewState.OPEN)

    def closed(self):
        return self.filter(state=ReviewState.CLOSED)
