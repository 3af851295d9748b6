"""The partners abroad: the applicant asks them to confirm, and they answer through their links."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from grants.confirmations import standings
from grants.forms.partners import PartnerAnswerForm
from grants.models import ApplicationPartner, PartnerConfirmation
from grants.models.partnerconfirmations import check_answerable, read_by_partner
from grants.views.applicant import OwnApplication
from portal.cases.canonical import fingerprint
from portal.cases.invitations import UnknownLink
from portal.cases.links import InvitationFormView, PrivateLinkMixin
from portal.cases.models import Invitation
from portal.core.workflow import StaleVersion, WrongState


class PartnerConfirmations(OwnApplication):
    """How it stands with each partner, and the button that sends it a link."""

    template_name = "grants/partners/list.html"

    def get_context_data(self, **context):
        application = self.object
        may = self.request.user.has_perm("grants.edit_application", application)
        return super().get_context_data(
            standings=standings(application),
            may_ask=may and application.is_writable(timezone.now()),
            **context,
        )

    def post(self, request, *args, **kwargs):
        application = self.get_object()
        row = get_object_or_404(application.cooperation, key=request.POST.get("partner", ""))
        try:
            PartnerConfirmation.objects.ask(row, by=request.user, at=timezone.now())
            messages.success(request, _("The link is sent to %(partner)s.") % {"partner": row})
        except WrongState as error:
            messages.error(request, str(error))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("partner_confirmations", application.pk)


class ConfirmPart(InvitationFormView):
    """The partner's own part and the project it belongs to; of the rest, and of others, nothing."""

    purpose = Invitation.Purpose.PARTNER
    form_class = PartnerAnswerForm
    template_name = "grants/partners/confirm.html"

    @cached_property
    def invited(self) -> ApplicationPartner | None:
        try:
            return PartnerConfirmation.objects.invited(self.invitation)
        except UnknownLink:
            return None

    def own_language(self):
        return self.invited.language if self.invited else None

    @cached_property
    def row(self) -> ApplicationPartner:
        """As long as it can answer."""
        row = PartnerConfirmation.objects.invited(self.invitation)
        check_answerable(row.application)
        return row

    @property
    def mark(self) -> str:
        return fingerprint(read_by_partner(self.row))

    def get_initial(self):
        return {"read": self.mark}

    def get_context_data(self, **context):
        application = self.row.application
        return super().get_context_data(row=self.row, application=application, **context)

    def form_valid(self, form):
        try:
            PartnerConfirmation.objects.answer(
                self.invitation, at=timezone.now(), **form.cleaned_data
            )
        except StaleVersion:
            form.show_anew(self.mark)
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return redirect("part_answered")


class PartAnswered(PrivateLinkMixin, TemplateView):
    template_name = "grants/partners/answered.html"
