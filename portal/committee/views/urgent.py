"""Where the chair decides what cannot wait for a meeting (kommunallagen 6:39)."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.committee.forms.decisions import outcome_fields
from portal.committee.forms.pages import PageForm
from portal.committee.models import Proposal
from portal.committee.views.meetings import crumbs
from portal.committee.views.pages import VerbPage, require


class UrgentForm(PageForm):
    do = "decide_urgently"
    done = gettext_lazy("Your decision is recorded. It is reported at the next meeting.")

    def build(self):
        self.fields = outcome_fields(self.obj.purpose)
        for name, field in self.fields.items():
            field.initial = getattr(self.obj, name)

    def arguments(self):
        return {"amount": None, "conditions": "", **self.cleaned_data}


class UrgentDecision(VerbPage):
    template_name = "committee/urgent.html"
    forms = (UrgentForm,)
    proposal: Proposal

    def load(self):
        proposals = Proposal.objects.filter(delegation_point=None).not_barring(self.request.user)
        require(self.request.user, "committee.decide_urgently")
        self.proposal = get_object_or_404(
            proposals.select_related("case", "proposed_by"), pk=self.kwargs["pk"]
        )

    def check_may(self, form_class):
        require(self.request.user, "committee.decide_urgently", self.proposal)

    def offered(self):
        return self.forms if self.proposal.state == "open" else ()

    def make_form(self, form_class, data=None):
        return form_class(data, obj=self.proposal)

    def way_on(self, form):
        return reverse("meetings")

    def get_context_data(self, **context):
        return super().get_context_data(
            proposal=self.proposal, breadcrumbs=crumbs((_("Urgent decision"), "")), **context
        )
