"""What a party sees behind its own link: the common terms, and the place to confirm them."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from agreements.forms import ConfirmForm
from agreements.models import AgreementParty, AgreementVersion
from agreements.workflow import VersionState
from portal.cases.invitations import LinkRefused
from portal.cases.links import InvitationFormView, PrivateLinkMixin
from portal.cases.models import Invitation
from portal.core.languages import spoken


class ConfirmTerms(InvitationFormView):
    """The terms in every language, the party's own first; of the other side nothing else."""

    purpose = Invitation.Purpose.CONFIRM
    form_class = ConfirmForm
    template_name = "agreements/confirm.html"

    @cached_property
    def party(self) -> AgreementParty | None:
        parties = AgreementParty.objects.select_related("agreement__case", "partner")
        parties = parties.filter(agreement__case=self.invitation.case_id)
        return parties.filter(pk=self.invitation.reference).first()

    def own_language(self):
        return spoken(self.party.language) if self.party else None

    def get_version(self) -> AgreementVersion:
        """The version that is to be confirmed, with the terms that the link was made for."""
        versions = AgreementVersion.objects.filter(agreement__case=self.invitation.case_id)
        version = versions.filter(state=VersionState.APPROVED).select_related("agreement").first()
        if (
            version is None
            or self.party is None
            or version.fingerprint != self.invitation.fingerprint
        ):
            raise LinkRefused(_("The terms have been changed since the link was sent."))
        return version

    def get_form_kwargs(self):
        self.version = self.get_version()
        return {**super().get_form_kwargs(), "party": self.party}

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return {
            **context,
            "party": self.party,
            "parties": self.party.agreement.parties.select_related("partner"),
            "version": self.version,
            "texts": in_own_language_first(self.version.texts.all(), self.party.language),
            "commitments": self.version.commitments.for_terms().select_related("party__partner"),
            "fingerprint": self.invitation.fingerprint,
        }

    def form_valid(self, form):
        self.version.confirm(
            by=None,
            at=timezone.now(),
            invitation=self.invitation,
            name=form.cleaned_data["name"],
            role=form.cleaned_data["role"],
        )
        return redirect(reverse("terms_confirmed"))


class TermsConfirmed(PrivateLinkMixin, TemplateView):
    template_name = "agreements/confirmed.html"


def in_own_language_first(texts, language: str) -> list:
    return sorted(texts, key=lambda text: (text.language != language, text.pk))
