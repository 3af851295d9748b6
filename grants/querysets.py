from datetime import timedelta

from django.db import models
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from grants.workflow import ApplicationState, AssessmentState, BudgetState, CallState
from portal.cases.models import Case, Invitation, Note
from portal.cases.querysets import OfCases
from portal.core.models import EuMembership, Organisation
from portal.core.publishing import PublishableQuerySet
from portal.core.querysets import INVITED_FOR, digest_of

CLOSING_SOON = timedelta(days=14)


class SchemeQuerySet(PublishableQuerySet):
    def with_tags(self):
        return self.prefetch_related("tags__perspective", "goals").select_related("line")

    def with_calls_ahead(self, at):
        """Each scheme's public calls that have not closed, the first to close first, as
        `calls_ahead`.
        """
        calls = self.model.calls.rel.related_model.objects.public().filter(closes_at__gt=at)
        ahead = calls.order_by("closes_at", "pk")
        return self.prefetch_related(Prefetch("calls", ahead, to_attr="calls_ahead"))


class SchemeBudgetQuerySet(models.QuerySet):
    def awaiting_confirmation(self):
        return self.filter(state=BudgetState.PROPOSED)


class InstalmentQuerySet(models.QuerySet):
    def total(self) -> int | None:
        """Their per cent together; None where there are none."""
        return self.order_by().aggregate(total=Sum("percent"))["total"]


class CallQuerySet(models.QuerySet):
    def public(self):
        return self.filter(
            state__in=(CallState.PUBLISHED, CallState.DECIDED),
            scheme__publication="published",
        )

    def visible_to(self, user):
        return self if user.has_perm("grants.view_call") else self.public()

    def open(self, at):
        return self.filter(state=CallState.PUBLISHED, opens_at__lte=at, closes_at__gt=at)

    def closing_soon(self, at):
        """Open calls that close within two weeks."""
        return self.open(at).filter(closes_at__lt=at + CLOSING_SOON)

    def drafts(self):
        return self.filter(state=CallState.DRAFT)

    def in_work(self):
        """Those with something left to do: to publish, to wait for, or to decide."""
        return self.filter(state__in=(CallState.DRAFT, CallState.PUBLISHED))

    def not_open(self, at):
        return self.exclude(pk__in=self.open(at).values("pk"))

    def open_first(self, at):
        """What can be applied for now, then what is to come, then what has closed."""
        place = models.Case(
            models.When(closes_at__lte=at, then=0),
            models.When(opens_at__gt=at, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        return self.annotate(place=place).order_by("-place", "-closes_at", "-pk")

    def with_scheme(self):
        """With all that a page shows of the scheme; a round changes when its scheme does."""
        calls = self.annotate(changed_at=Greatest("updated_at", "scheme__updated_at"))
        return calls.select_related("scheme__line").prefetch_related(
            "scheme__tags__perspective", "scheme__goals"
        )


class CallFormQuerySet(models.QuerySet):
    def in_work(self):
        """Not published yet; of a call there is at most one."""
        return self.filter(published_at=None)

    def published(self):
        return self.exclude(published_at=None)


class ApplicationQuerySet(OfCases):
    def visible_to(self, user):
        """What the person takes part in; officers see what has been submitted, secretaries of
        that what stands on an agenda.
        """
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("grants.handle_application"):
            return self.handed_in().not_barring(user).declared_by(user)
        if user.has_perm("grants.view_application"):
            on_agenda = Case.objects.on_an_agenda().values("pk")
            return self.filter(case__in=on_agenda).not_barring(user)
        return self.of(user)

    def declared_by(self, user):
        """Without those that the person is to assess and has not declared themselves about."""
        return self.filter(case__in=Case.objects.declared_by(user))

    def of(self, user):
        """Those begun by the person or for an organisation of theirs, or written together."""
        return self.filter(_begun_by(user) | Q(Exists(self._taking_part(user))))

    def begun_by(self, user):
        """Without those where the person takes part by invitation."""
        return self.filter(_begun_by(user))

    def with_role_of(self, user):
        """With the role by which the person takes part as `shared_as`; nothing in their own."""
        role = Subquery(self._taking_part(user).values("role"))
        own = models.When(_begun_by(user), then=models.Value(""))
        return self.annotate(shared_as=models.Case(own, default=role))

    def _taking_part(self, user):
        coapplicants = self.model.coapplicants.rel.related_model.objects
        return coapplicants.filter(application=OuterRef("pk"), user=user)

    def drafts_in(self, call, user, organisation):
        """The draft in a call: the organisation's, or the person's own."""
        drafts = self.drafts().filter(call=call, organisation=organisation)
        return drafts if organisation else drafts.filter(applicant=user)

    def drafts(self):
        return self.filter(state=ApplicationState.DRAFT)

    def with_budget(self):
        """Annotate the amount of the year's budget and what is committed of it; both are None
        where none is set, the amount also where there is no ceiling.
        """
        of_the_year = Q(call__scheme__budgets__year=F("call__budget_year"))
        budget = FilteredRelation("call__scheme__budgets", condition=of_the_year)
        return self.annotate(budget=budget).annotate(
            budget_amount=F("budget__amount"), budget_committed=F("budget__committed")
        )

    def with_partners_asked(self):
        """Annotate whether any of its partners has been asked to confirm its part."""
        purpose = Invitation.Purpose.PARTNER
        links = Invitation.objects.filter(case=OuterRef("case"), purpose=purpose)
        return self.annotate(partners_asked=Exists(links))

    def with_notes(self):
        """Annotate how many notes its case has, and how many of them wait for an answer."""
        notes = Note.objects.filter(case=OuterRef("case")).order_by().values("case")
        number = Count("pk")
        return self.annotate(
            notes=Coalesce(Subquery(notes.annotate(number=number).values("number")), 0),
            open_notes=Coalesce(Subquery(notes.open().annotate(number=number).values("number")), 0),
        )

    def with_own_assignment(self, user):
        """Annotate whether it is the person's to assess, as `assigned_to` finds them."""
        assignments = self.model.assignments.rel.related_model.objects.in_force()
        own = assignments.filter(application=OuterRef("pk"), assessor=user)
        return self.annotate(is_to_assess=Exists(own))

    def incomplete(self):
        """Those that an officer has asked the applicant to complete, with the last day as `due_on`,
        the first first.
        """
        asked = self.filter(state=ApplicationState.COMPLETION, completions__closed_at=None)
        return asked.annotate(due_on=F("completions__due_on")).order_by("due_on", "pk")

    def handed_in(self):
        """All that once were submitted, whatever became of them."""
        return self.exclude(state=ApplicationState.DRAFT)

    def with_call(self):
        return self.select_related("call__scheme", "case", "organisation", "applicant", "award")

    def undecided(self):
        """Handed in, and neither decided nor withdrawn."""
        return self.filter(
            state__in=(
                ApplicationState.SUBMITTED,
                ApplicationState.COMPLETION,
                ApplicationState.UNDER_ASSESSMENT,
                ApplicationState.PROPOSED,
            )
        )

    def assigned_to(self, user):
        """Which the person is to assess, or has assessed."""
        mine = self.model.assignments.rel.related_model.objects.in_force().filter(assessor=user)
        return self.filter(Exists(mine.filter(application=OuterRef("pk")))).not_barring(user)

    def cleared_for(self, user):
        """Assigned to the person, who has declared no conflict of interest."""
        mine = self.model.assignments.rel.related_model.objects.in_force().cleared()
        cleared = Exists(mine.filter(application=OuterRef("pk"), assessor=user))
        return self.filter(cleared).not_barring(user)

    def under_assessment(self):
        return self.filter(state=ApplicationState.UNDER_ASSESSMENT)

    def to_assign(self, call, user):
        """What an officer distributes in a call: title and applicant are met, nothing else."""
        found = self.filter(call=call).under_assessment().not_barring(user)
        return found.select_related("case", "applicant", "organisation").order_by("case__serial")

    def unassigned(self):
        """Under assessment, and nobody is to assess it."""
        assignments = self.model.assignments.rel.related_model.objects.in_force()
        return self.under_assessment().exclude(
            Exists(assignments.filter(application=OuterRef("pk")))
        )

    def in_work(self, call):
        """A call's, with what a queue shows of each: how many are to assess it and how many have
        (`assigned`, `sent`), until when it is to be completed (`completed_by`). In the order that
        they came in.
        """
        assignments = self.model.assignments.rel.related_model.objects.in_force()
        requests = self.model.completions.rel.related_model.objects.filter(
            application=OuterRef("pk"), closed_at=None
        )
        found = self.filter(call=call).annotate(
            assigned=_number_of(assignments),
            sent=_number_of(assignments.sent()),
            completed_by=Subquery(requests.values("due_on")[:1]),
            came_in=F("submitted_at"),
        )
        return found.select_related(
            "case__officer", "applicant", "organisation", "partner", "award"
        ).order_by("came_in", "pk")

    def by_state(self):
        """How many in each state of each call: (call, state, number)."""
        counted = self.order_by().values_list("call", "state").annotate(number=Count("pk"))
        return counted.values_list("call", "state", "number")

    def rankable(self):
        """Under assessment, proposed or decided: what the ranked packet of a call shows."""
        return self.filter(
            state__in=(
                ApplicationState.UNDER_ASSESSMENT,
                ApplicationState.PROPOSED,
                ApplicationState.DECIDED,
            )
        )

    def pairs_barred(self, people) -> set[tuple[int, int]]:
        """(application, person) for each who has a conflict of interest in one of these."""
        return {
            (pk, person.pk)
            for person in people
            for pk in self.filter(case__in=Case.objects.barring(person)).values_list(
                "pk", flat=True
            )
        }

    def awaiting_handling(self):
        return self.filter(
            state__in=(ApplicationState.SUBMITTED, ApplicationState.UNDER_ASSESSMENT)
        )


def _number_of(rows):
    """Of an application's rows of another kind."""
    found = rows.filter(application=OuterRef("pk")).order_by().values("application")
    return Coalesce(Subquery(found.annotate(number=Count("pk")).values("number")), 0)


def _begun_by(user) -> Q:
    return Q(applicant=user) | Q(organisation__in=Organisation.objects.of(user))


class PacketRowQuerySet(OfCases):
    case_path = "application__case"

    def of_call(self, call, user):
        """What is planned for the call's applications that an officer meets: see
        `ApplicationQuerySet.visible_to`.
        """
        state = ApplicationState.UNDER_ASSESSMENT
        rows = self.filter(application__call=call, application__state=state).not_barring(user)
        return rows.filter(application__case__in=Case.objects.declared_by(user))

    def planned(self):
        """With an outcome: what is proposed when the packet is."""
        return self.exclude(outcome="")

    def by_rank(self):
        return self.order_by(F("rank").asc(nulls_last=True), "application__case__serial")

    def with_application(self):
        return self.select_related("application__case")


class CoApplicantQuerySet(models.QuerySet):
    def joined(self):
        return self.exclude(joined_at=None)

    def open(self, at):
        """Not answered, and not too old to be."""
        return self.filter(joined_at=None, invited_at__gt=at - INVITED_FOR)

    def concerning(self, user):
        """Where the person takes part, and invitations to the account's address."""
        return self.filter(Q(user=user) | Q(user=None, email__iexact=user.email))

    def with_token(self, token: str):
        return self.filter(digest=digest_of(token))


class AssignmentQuerySet(OfCases):
    case_path = "application__case"

    def in_force(self):
        return self.filter(removed_at=None)

    def cleared(self):
        return self.exclude(cleared_at=None)

    def in_call(self, call):
        return self.filter(application__call=call)

    def of(self, user):
        """The person's own that are in force; none of a case that they are barred from."""
        return self.in_force().filter(assessor=user).not_barring(user)

    def told_briefly(self):
        """With what a list shows of each: the title, the applicant, the call."""
        return self.select_related(
            "application__call__scheme", "application__applicant", "application__organisation",
            "application__case",
        )  # fmt: skip

    def with_state(self):
        """With the state of the assessor's own assessment as `written`: empty, draft or sent."""
        return self.annotate(written=Coalesce(Subquery(self._own().values("state")), Value("")))

    def unsent(self):
        return self.exclude(self._is_sent())

    def sent(self):
        return self.filter(self._is_sent())

    def _is_sent(self):
        return Exists(self._own().filter(state=AssessmentState.SENT))

    def awaiting(self):
        """Not sent, of applications that are under assessment."""
        return self.unsent().filter(application__state=ApplicationState.UNDER_ASSESSMENT)

    def _own(self):
        assessments = self.model.application.field.related_model.assessments.rel.related_model
        return assessments.objects.filter(
            application=OuterRef("application"), assessor=OuterRef("assessor")
        )


class AssessmentQuerySet(OfCases):
    case_path = "application__case"

    def sent(self):
        return self.filter(state=AssessmentState.SENT)

    def counted(self):
        """Sent by those who are to assess: not by somebody who was found to have a conflict."""
        return self.sent().filter(self._assigned())

    def readable_by(self, user):
        """The one rule of who reads assessments: one's own; all that count, for officers who do
        not assess the application themselves, and for those who have sent their own.
        """
        if not user.has_perm("grants.be_assessor"):
            return self.none()
        own = Q(self._assigned(cleared_at__isnull=False), assessor=user)
        waits = self._assignments().unsent().filter(assessor=user)
        others = Q(self._assigned(), state=AssessmentState.SENT) & ~Q(
            Exists(waits.filter(application=OuterRef("application")))
        )
        if not user.has_perm("grants.handle_application"):
            mine = self._assignments().cleared().filter(assessor=user)
            others &= Q(Exists(mine.filter(application=OuterRef("application"))))
        return self.filter(own | others).not_barring(user)

    def _assignments(self):
        application = self.model.application.field.related_model
        return application.assignments.rel.related_model.objects.in_force()

    def _assigned(self, **which):
        """Expression: its assessor is to assess the application."""
        own = {"application": OuterRef("application"), "assessor": OuterRef("assessor")}
        return Exists(self._assignments().filter(**own, **which))


class AwardQuerySet(OfCases):
    case_path = "application__case"

    def public(self):
        """An award is a public decision, but for what secrecy withholds."""
        return self.filter(application__case__secrecy=None)

    def latest_first(self):
        return self.order_by("-decided_on", "-pk")

    def with_tags(self):
        tags = self.model.tags.rel.related_model.objects.select_related("perspective")
        awards = self.select_related("scheme", "partner", "organisation")
        return awards.prefetch_related(Prefetch("tags", tags))

    def money_by_year(self):
        """(year, perspective, kronor) as numbers. An award that serves several perspectives is
        shared equally between them; amounts are rounded, for charts only.
        """
        claims = self.model.tags.rel.related_model.objects.filter(item=OuterRef("pk"))
        number = claims.order_by().values("item").annotate(number=Count("pk")).values("number")
        shared = self.order_by().annotate(
            share=Cast("amount", FloatField()) / Subquery(number, output_field=FloatField())
        )
        years = shared.filter(tags__isnull=False).values("decided_on__year", "tags__perspective")
        return years.annotate(kronor=Sum("share")).values_list(
            "decided_on__year", "tags__perspective", "kronor"
        )

    def in_eu(self):
        """Annotate whether the country was in the EU on the day of decision."""
        return self.annotate(in_eu=EuMembership.objects.covering("country", "decided_on"))

    def by_eu(self, inside: bool):
        """Awards to a country that was in the EU when decided, or to one that was not."""
        covering = EuMembership.objects.covering("country", "decided_on")
        return self.exclude(country="").filter(covering if inside else ~covering)
