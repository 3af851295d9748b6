"""What awaits a person of the staff: a line each with its number and the list it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement
from grants.models import Application, Call, Scheme, SchemeBudget
from networks.models import Network
from partners.models import Interaction, Partner
from portal.cases.models import Case
from portal.committee.models import Meeting, Proposal
from portal.core.models import Mail


@dataclass(frozen=True)
class Awaiting:
    label: str
    count: int
    url: str
    is_mine: bool = False


def awaiting(user, at) -> list[Awaiting]:
    """The lines that count something, what only this person can do first."""
    lines = [
        *_decisions(user, at),
        *_meetings(user),
        *_messages(user),
        *_applications(user),
        *_calls(user, at),
    ]
    lines += [*_budgets(user), *_drafts(user)]
    lines += [*_agreements(user, at), *_contacts(user, at), *_mail(user)]
    return [line for line in lines if line.count]


def _line(label, model, count, *, is_mine=False, **filters) -> Awaiting:
    """A line that leads to the list of the objects it counts."""
    meta = model._meta
    changelist = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return Awaiting(label, count, f"{changelist}?{urlencode(filters)}", is_mine)


def _decisions(user, at) -> Iterator[Awaiting]:
    if not user.has_perm("committee.view_proposal"):
        return
    proposals = Proposal.objects.visible_to(user)
    mine = proposals.decidable_by(user, timezone.localdate(at)).count()
    yield _line(_("Proposals that await your decision"), Proposal, mine, is_mine=True, decides="me")
    waiting = proposals.awaiting_decision().count()
    yield _line(_("Proposals that await a decision"), Proposal, waiting, state__exact="open")


def _meetings(user) -> Iterator[Awaiting]:
    if not user.has_perm("committee.attend_meetings"):
        return
    page = reverse("meetings")
    mine = Meeting.objects.to_be_adjusted_by(user).count()
    yield Awaiting(_("Minutes that wait for you to adjust them"), mine, page, is_mine=True)
    if user.has_perm("committee.keep_meeting"):
        waiting = Proposal.objects.visible_to(user).awaiting_a_meeting().count()
        yield Awaiting(_("Proposals that wait for an agenda"), waiting, page)


def _messages(user) -> Iterator[Awaiting]:
    if user.has_perm("cases.handle_case"):
        unread = Case.objects.registered().not_barring(user).with_unread_from_parties().count()
        yield _line(_("Cases with messages to read"), Case, unread, messages="unread")


def _applications(user) -> Iterator[Awaiting]:
    if not user.has_perm("grants.handle_application"):
        return
    applications = Application.objects.visible_to(user).awaiting_handling()
    by_state = applications.count_by_state()
    labels = {
        "submitted": _("Submitted applications to begin"),
        "under_assessment": _("Applications under assessment"),
    }
    for state, label in labels.items():
        yield _line(label, Application, by_state.get(state, 0), state__exact=state)


def _calls(user, at) -> Iterator[Awaiting]:
    if user.has_perm("grants.view_call"):
        closing = Call.objects.closing_soon(at).count()
        yield _line(_("Calls that close within two weeks"), Call, closing, time="closing_soon")
    if user.has_perm("grants.publish_call"):
        drafts = Call.objects.drafts().count()
        yield _line(_("Calls to publish"), Call, drafts, state__exact="draft")


def _budgets(user) -> Iterator[Awaiting]:
    if user.has_perm("grants.confirm_schemebudget"):
        proposed = SchemeBudget.objects.awaiting_confirmation().count()
        label = _("Budgets that await confirmation")
        yield _line(label, SchemeBudget, proposed, state__exact="proposed")


def _drafts(user) -> Iterator[Awaiting]:
    agreements = Agreement.objects.drafts().not_barring(user)
    kinds = {
        "partners.publish_partner": (_("Partners to publish"), Partner.objects.drafts()),
        "agreements.publish_agreement": (_("Agreements to publish"), agreements),
        "networks.publish_network": (_("Networks to publish"), Network.objects.drafts()),
        "grants.publish_scheme": (_("Schemes to publish"), Scheme.objects.drafts()),
    }
    for permission, (label, drafts) in kinds.items():
        if user.has_perm(permission):
            yield _line(label, drafts.model, drafts.count(), publication__exact="draft")


def _agreements(user, at) -> Iterator[Awaiting]:
    if user.has_perm("agreements.change_agreement"):
        expiring = Agreement.objects.expiring(timezone.localdate(at)).not_barring(user).count()
        label = _("Agreements that expire within 90 days")
        yield _line(label, Agreement, expiring, standing="expiring")


def _contacts(user, at) -> Iterator[Awaiting]:
    if user.has_perm("partners.change_interaction"):
        due = Interaction.objects.to_follow_up(timezone.localdate(at)).count()
        yield _line(_("Contacts with partners to follow up"), Interaction, due, follow_up="due")


def _mail(user) -> Iterator[Awaiting]:
    if user.has_perm("core.view_mail"):
        unsent = Mail.objects.waiting().count()
        yield _line(_("Mails not yet sent"), Mail, unsent, sent_at__isempty=1)
