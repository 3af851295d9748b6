"""The other side's part of a joint review, by its own link. No account is needed."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from agreements.models import ReviewPart
from agreements.review_forms import PartForm
from agreements.workflow import ReviewState
from portal.cases.invitations import UnknownLink
from portal.cases.links import InvitationFormView, PrivateLinkMixin
from portal.cases.models import Invitation
from portal.core.languages import spoken
from portal.core.workflow import WrongState


class WriteReview(InvitationFormView):
    """Shows the agreement's commitments and asks; of the other parties' parts it shows nothing."""

    purpose = Invitation.Purpose.REVIEW
    form_class = PartForm
    template_name = "agreements/write_review.html"

    @cached_property
    def invited(self) -> ReviewPart | None:
        parts = ReviewPart.objects.select_related("review__agreement", "party__partner")
        case = self.invitation.case_id
        return parts.filter(pk=self.invitation.reference, review__agreement__case=case).first()

    def own_language(self):
        return spoken(self.invited.party.language) if self.invited else None

    @property
    def part(self) -> ReviewPart:
        """The invited party's, as long as it can be written."""
        if self.invited is None:
            raise UnknownLink(_("What this link was made for has been removed."))
        if self.invited.review.state != ReviewState.OPEN:
            raise WrongState(_("The review has been closed."))
        return self.invited

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "part": self.part}

    def get_context_data(self, **context):
        return super().get_context_data(part=self.part, review=self.part.review, **context)

    def form_valid(self, form):
        try:
            self.part.review.write(
                by=None, at=timezone.now(), invitation=self.invitation, **form.written()
            )
        except ValidationError as error:
            form.refuse(error)
            return self.form_invalid(form)
        return redirect("review_thanks")


class ReviewThanks(PrivateLinkMixin, TemplateView):
    template_name = "agreements/review_thanks.html"
