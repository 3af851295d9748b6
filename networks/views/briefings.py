"""Briefings as the public reads them, and how to get them by mail."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView

from networks import jsonld
from networks.briefing_filters import BriefingFilter
from networks.forms import SubscribeForm
from networks.models import Briefing, Subscriber
from networks.models.subscribers import leave
from portal.core.views import FilteredListView, PublicDetailView, PublicMixin

UNPROCESSABLE, GONE = 422, 410

private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


class BriefingList(FilteredListView):
    filterset_class = BriefingFilter
    template_name = "networks/briefings.html"
    title = _("Briefings")

    def get_queryset(self):
        return Briefing.objects.public().with_items().latest_first()


class BriefingDetail(PublicDetailView):
    template_name = "networks/briefing.html"
    listed_in = ("briefings", _("Briefings"))

    def get_queryset(self):
        return Briefing.objects.visible_to(self.request.user)

    def get_context_data(self, **context):
        items = list(self.object.items.with_observations())
        return super().get_context_data(items=items, **context)

    def json_ld(self):
        return jsonld.describe_briefing(self.object)


@private
class Subscribe(PublicMixin, FormView):
    """Ask for briefings by mail. The answer is the same, whether the address is known or not."""

    form_class = SubscribeForm
    template_name = "networks/subscribe.html"

    def get_initial(self):
        return {"language": get_language()}

    def form_valid(self, form):
        Subscriber.ask(**form.cleaned_data, at=timezone.now())
        return redirect(f"{reverse('subscribe')}?asked=1")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def get_context_data(self, **context):
        return super().get_context_data(asked="asked" in self.request.GET, **context)


@private
class ConfirmSubscription(PublicMixin, TemplateView):
    """The link of the mail. It asks first: mail programs open links of their own accord."""

    template_name = "networks/confirm_subscription.html"

    def post(self, request, token):
        if not Subscriber.confirm(token, at=timezone.now()):
            return render(request, "networks/link_ended.html", status=GONE)
        return self.render_to_response({"done": True})


@private
@method_decorator(csrf_exempt, name="dispatch")
class EndSubscription(PublicMixin, TemplateView):
    """The link in every briefing; a mail program may post to it by itself (RFC 8058)."""

    template_name = "networks/end_subscription.html"

    def post(self, request, token):
        if not leave(token, at=timezone.now()):
            return render(request, "networks/link_ended.html", status=GONE)
        return self.render_to_response({"done": True})
