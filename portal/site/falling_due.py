"""What falls due, gathered from every app: for the staff's page, their calendar and reminders."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Agreement, AgreementVersion, Commitment, Review
from networks.models import FollowUpTask, Membership, Observation, Representative
from partners.models import Interaction
from portal.cases.models import Case
from portal.core.addresses import addresses
from portal.core.models import User
from portal.core.region import committee_name


class Due(NamedTuple):
    """A day on which something ends, or must have been done. `about` names it for good.

    `people` are the keys of those it concerns first; empty means all who handle such matters.
    `case` is the key of the case it belongs to, where it belongs to one.
    """

    on: date
    title: str
    what: str
    about: str
    url: str
    people: frozenset[int] = frozenset()
    case: int | None = None


def falling_due(first: date, last: date, user: User | None = None) -> list[Due]:
    """Everything with its day from `first` to `last`, the earliest first; without the matters that
    `user` is barred from.
    """
    dues = sorted(due for source in SOURCES for due in source(first, last))
    if user is None:
        return dues
    barred = set(Case.objects.barring(user).values_list("pk", flat=True))
    return [due for due in dues if due.case not in barred] if barred else dues


def _admin(obj) -> str:
    meta = obj._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])


def _people(key: int | None) -> frozenset[int]:
    return frozenset((key,)) if key else frozenset()


def _person(user: User | None) -> frozenset[int]:
    return _people(user.pk if user else None)


def _case(agreement: Agreement) -> tuple[frozenset[int], int]:
    """Its officer and its case, as `Due` wants them."""
    return _people(agreement.case.officer_id), agreement.case_id


def _expiries(first, last) -> Iterator[Due]:
    agreements = Agreement.objects.filter(valid_until__range=(first, last), terminated_on=None)
    for one in agreements.select_related("case"):
        about = f"agreement:{one.pk}:expiry"
        yield Due(one.valid_until, str(one), _("expires"), about, _admin(one), *_case(one))  # type: ignore[arg-type]


def _notices(first, last) -> Iterator[Due]:
    versions = AgreementVersion.objects.in_force(first).filter(notice_on__range=(first, last))
    for version in versions.select_related("agreement__case"):
        agreement = version.agreement
        about = f"version:{version.pk}:notice"
        what = _("last day to give notice")
        yield Due(
            version.notice_on, str(agreement), what, about, _admin(agreement), *_case(agreement)
        )


def _reviews(first, last) -> Iterator[Due]:
    reviews = Review.objects.open().filter(due_on__range=(first, last))
    for review in reviews.select_related("agreement__case"):
        agreement = review.agreement
        about = f"review:{review.pk}"
        what = _("joint review to be written")
        yield Due(review.due_on, str(agreement), what, about, _admin(review), *_case(agreement))


def _reviews_to_begin(first, last) -> Iterator[Due]:
    """The yearly reviews that the terms ask for and nobody has begun."""
    versions = AgreementVersion.objects.in_force(first).exclude(review_month=None)
    begun = set(Review.objects.values_list("agreement", "year"))
    for version in versions.select_related("agreement__case"):
        agreement = version.agreement
        for year in range(first.year, last.year + 1):
            day = version.review_due(year)
            if first <= day <= last and (agreement.pk, year) not in begun:
                about = f"agreement:{agreement.pk}:review:{year}"
                what = _("joint review to begin")
                yield Due(day, str(agreement), what, about, _admin(agreement), *_case(agreement))


def _commitments(first, last) -> Iterator[Due]:
    """Read as rows and without models: there may be many thousands."""
    commitments = Commitment.objects.of_signed_versions().live()
    address = addresses("admin:agreements_commitment_change")
    what = _("commitment of %(party)s")
    committee = committee_name()
    for one in commitments.awaited_between(first, last).in_short():
        yield Due(
            one.awaited,
            f"{one.agreed}: {one.said}",
            what % {"party": one.who or committee},
            f"commitment:{one.pk}",
            address(one.pk),
            _people(one.officer),
            one.case,
        )


def _mandates(first, last) -> Iterator[Due]:
    people = Representative.objects.filter(end__range=(first, last))
    for one in people.select_related("network", "user"):
        about = f"representative:{one.pk}:mandate"
        what = _("mandate in %(network)s ends") % {"network": one.network}
        yield Due(one.end, str(one), what, about, _admin(one))  # type: ignore[arg-type]


def _memberships(first, last) -> Iterator[Due]:
    days = Q(end__range=(first, last)) | Q(notice_on__range=(first, last))
    for one in Membership.objects.filter(days).select_related("network", "body"):
        for day, name, what in (
            (one.notice_on, "notice", _("last day to give notice")),
            (one.end, "end", _("membership ends")),
        ):
            if day and first <= day <= last:
                yield Due(day, str(one), what, f"membership:{one.pk}:{name}", _admin(one))


def _tasks(first, last) -> Iterator[Due]:
    tasks = FollowUpTask.objects.open().filter(due_on__range=(first, last))
    for task in tasks.select_related("meeting", "responsible"):
        about = f"task:{task.pk}"
        what = _("to be done after %(meeting)s") % {"meeting": task.meeting}
        url = _admin(task.meeting)
        yield Due(task.due_on, task.text, what, about, url, _person(task.responsible))


def _follow_ups(first, last) -> Iterator[Due]:
    contacts = Interaction.objects.filter(follow_up_on__range=(first, last)).exclude(follow_up="")
    for one in contacts.select_related("partner", "noted_by"):
        what = _("to follow up with %(partner)s") % {"partner": one.partner}
        about = f"interaction:{one.pk}"
        url = _admin(one.partner)
        yield Due(one.follow_up_on, one.follow_up, what, about, url, _person(one.noted_by))  # type: ignore[arg-type]


def _deadlines(first, last) -> Iterator[Due]:
    """Of consultations and calls outside that concern the region."""
    observations = Observation.objects.filter(deadline__range=(first, last))
    for one in observations.exclude(relevance=Observation.Relevance.SOME):
        about = f"observation:{one.pk}:deadline"
        what = _("deadline: %(kind)s") % {"kind": one.get_kind_display()}
        yield Due(one.deadline, str(one), what, about, _admin(one))  # type: ignore[arg-type]


SOURCES = (
    _expiries,
    _notices,
    _reviews,
    _reviews_to_begin,
    _commitments,
    _mandates,
    _memberships,
    _tasks,
    _follow_ups,
    _deadlines,
)
