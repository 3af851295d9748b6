"""What awaits a person of the staff: a line each with its number and the list it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement
from grants.models import Application, Assignment, Call, Letter, Scheme, SchemeBudget
from networks.models import Network
from partners.models import Interaction, Partner
from portal.cases.models import Case, Note
from portal.committee.models import Meeting, Proposal
from portal.committee.views.announcing import rows_waiting_for
from portal.core.models import Mail
from portal.core.querysets import count_each


class Line(NamedTuple):
    """What is counted, and the page that lists it."""

    label: str
    rows: tuple[QuerySet, ...]
    url: str
    is_mine: bool = False


@dataclass(frozen=True)
class Awaiting:
    label: str
    count: int
    url: str
    is_mine: bool = False


def awaiting(user, at) -> list[Awaiting]:
    """The lines that count something, what only this person can do first."""
    lines = [*_decisions(user, at), *_meetings(user), *_assessments(user), *_messages(user)]
    lines += [
        *_applications(user),
        *_letters(user),
        *_calls(user, at),
        *_announcements(user),
        *_budgets(user),
    ]
    lines += [*_drafts(user)]
    lines += [*_agreements(user, at), *_contacts(user, at), *_mail(user)]
    numbers = iter(count_each([rows for line in lines for rows in line.rows]))
    counted = [
        Awaiting(line.label, sum(next(numbers) for _rows in line.rows), line.url, line.is_mine)
        for line in lines
    ]
    return [line for line in counted if line.count]


def _line(label, rows, *, is_mine=False, **filters) -> Line:
    """A line that leads to the admin's list of the objects it counts."""
    meta = rows.model._meta
    changelist = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return Line(label, (rows,), f"{changelist}?{urlencode(filters)}", is_mine)


def _decisions(user, at) -> Iterator[Line]:
    if not user.has_perm("committee.view_proposal"):
        return
    proposals = Proposal.objects.visible_to(user)
    mine = proposals.decidable_by(user, timezone.localdate(at))
    yield _line(_("Proposals that await your decision"), mine, is_mine=True, decides="me")
    waiting = proposals.awaiting_decision()
    yield _line(_("Proposals that await a decision"), waiting, state__exact="open")


def _meetings(user) -> Iterator[Line]:
    if not user.has_perm("committee.attend_meetings"):
        return
    page = reverse("meetings")
    mine = Meeting.objects.to_be_adjusted_by(user)
    yield Line(_("Minutes that wait for you to adjust them"), (mine,), page, is_mine=True)
    if user.has_perm("committee.keep_meeting"):
        waiting = Proposal.objects.visible_to(user).awaiting_a_meeting()
        yield Line(_("Proposals that wait for an agenda"), (waiting,), page)


def _announcements(user) -> Iterator[Line]:
    if user.has_perm("committee.keep_meeting"):
        waiting = rows_waiting_for(user)
        yield Line(_("To put on the notice board"), waiting, reverse("to_announce"))


def _messages(user) -> Iterator[Line]:
    if user.has_perm("cases.handle_case"):
        unread = Case.objects.registered().not_barring(user).with_unread_from_parties()
        yield _line(_("Cases with messages to read"), unread, messages="unread")
        asked = Note.objects.asked_of(user)
        yield Line(_("Second readings asked of you"), (asked,), reverse("my_notes"), is_mine=True)


def _applications(user) -> Iterator[Line]:
    if not user.has_perm("grants.handle_application"):
        return
    applications = Application.objects.visible_to(user)
    unassigned = applications.unassigned()
    yield _line(_("Applications to assign to assessors"), unassigned, assessors="none")
    begin = _("Submitted applications to begin")
    yield Line(begin, (applications.filter(state="submitted"),), reverse("call_queues"))
    assessed = applications.filter(state="under_assessment")
    label = _("Applications under assessment")
    yield _line(label, assessed, state__exact="under_assessment")


def _letters(user) -> Iterator[Line]:
    if user.has_perm("grants.send_letter"):
        waiting = Letter.objects.visible_to(user).waiting()
        yield Line(_("Letters to applicants to send"), (waiting,), reverse("letters"))


def _assessments(user) -> Iterator[Line]:
    if user.has_perm("grants.be_assessor"):
        mine = Assignment.objects.of(user).awaiting()
        page = reverse("my_assessments")
        yield Line(_("Assessments to write"), (mine,), page, is_mine=True)


def _calls(user, at) -> Iterator[Line]:
    if user.has_perm("grants.view_call"):
        closing = Call.objects.closing_soon(at)
        yield _line(_("Calls that close within two weeks"), closing, time="closing_soon")
    if user.has_perm("grants.publish_call"):
        drafts = Call.objects.drafts()
        yield _line(_("Calls to publish"), drafts, state__exact="draft")


def _budgets(user) -> Iterator[Line]:
    if user.has_perm("grants.confirm_schemebudget"):
        proposed = SchemeBudget.objects.awaiting_confirmation()
        label = _("Budgets that await confirmation")
        yield _line(label, proposed, state__exact="proposed")


def _drafts(user) -> Iterator[Line]:
    agreements = Agreement.objects.drafts().not_barring(user)
    kinds = {
        "partners.publish_partner": (_("Partners to publish"), Partner.objects.drafts()),
        "agreements.publish_agreement": (_("Agreements to publish"), agreements),
        "networks.publish_network": (_("Networks to publish"), Network.objects.drafts()),
        "grants.publish_scheme": (_("Schemes to publish"), Scheme.objects.drafts()),
    }
    for permission, (label, drafts) in kinds.items():
        if user.has_perm(permission):
            yield _line(label, drafts, publication__exact="draft")


def _agreements(user, at) -> Iterator[Line]:
    if user.has_perm("agreements.change_agreement"):
        expiring = Agreement.objects.expiring(timezone.localdate(at)).not_barring(user)
        label = _("Agreements that expire within 90 days")
        yield _line(label, expiring, standing="expiring")


def _contacts(user, at) -> Iterator[Line]:
    if user.has_perm("partners.change_interaction"):
        due = Interaction.objects.to_follow_up(timezone.localdate(at))
        yield _line(_("Contacts with partners to follow up"), due, follow_up="due")


def _mail(user) -> Iterator[Line]:
    if user.has_perm("core.view_mail"):
        unsent = Mail.objects.waiting()
        yield _line(_("Mails not yet sent"), unsent, sent_at__isempty=1)
