"""Pages behind links that were sent to people without an account."""

from math import ceil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, ngettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from portal.cases.invitations import LinkRefused, UnknownLink
from portal.cases.models import Invitation
from portal.core import throttling
from portal.core.workflow import WrongState

NOT_FOUND, GONE, UNPROCESSABLE, TOO_MANY = 404, 410, 422, 429


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class PrivateLinkMixin:
    """A page that is kept nowhere: not by caches, not by search engines, not as a referrer.

    Under this referrer policy a browser sends `Origin: null` with a form, which Django's check
    against forged requests refuses. Nothing is lost without that check: the page asks for no
    session, and whoever could forge a request would have to know the link, which opens it anyway.
    """

    def dispatch(self, request, *args, **kwargs):
        response = self.answer(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, private=True, no_store=True)
        return response

    def answer(self, request, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)


class InvitationView(PrivateLinkMixin):
    """A page that its link opens, for one `purpose`; `self.invitation` is what it was made for.

    It speaks the language of whom it invites, whatever the address it was opened at; a reader who
    wants another chooses it on the page. What the link or a verb refuses becomes a page in words,
    with what was typed kept on it.
    """

    purpose: Invitation.Purpose
    request: HttpRequest

    def own_language(self) -> str | None:
        """What the invited speak; None where nobody knows, and the page speaks as its address."""

    def language(self) -> str:
        chosen = self.request.GET.get("language")
        known = chosen if chosen in dict(settings.LANGUAGES) else self.own_language()
        return known or get_language()

    def answer(self, request, *args, token, **kwargs):
        if wait := throttling.seconds_to_wait(request, "link"):
            return self.stopped(wait)
        try:
            self.invitation = Invitation.objects.with_token(token, purpose=self.purpose)
        except UnknownLink as error:
            throttling.note_refusal(request, "link")
            return self.refused(error, NOT_FOUND)
        # The way to the other language names it: here, the address alone does not tell.
        request.language_in_query = True
        with override(self.language()):
            response = self.answer_invited(request, *args, token=token, **kwargs)
            if hasattr(response, "render"):
                response.render()
            response.headers["Content-Language"] = get_language()
            return response

    def answer_invited(self, request, *args, **kwargs):
        try:
            self.invitation.check_live(timezone.now())
            return super().answer(request, *args, **kwargs)
        except UnknownLink as error:
            throttling.note_refusal(request, "link")
            return self.refused(error, NOT_FOUND)
        except (LinkRefused, WrongState) as error:
            return self.refused(error, GONE)

    def stopped(self, wait: int) -> HttpResponse:
        minutes = ceil(wait / 60)
        reason = ngettext(
            "Too many links that are not ours have been tried from here. Wait a minute.",
            "Too many links that are not ours have been tried from here. Wait %(minutes)s minutes.",
            minutes,
        ) % {"minutes": minutes}
        response = render(
            self.request, "cases/link_refused.html", {"reason": reason}, status=TOO_MANY
        )
        response.headers["Retry-After"] = str(wait)
        return response

    def refused(self, error: Exception, status: int) -> HttpResponse:
        typed = [text for text in map(str, self.request.POST.values()) if " " in text.strip()]
        context = {"reason": str(error), "typed": typed}
        return render(self.request, "cases/link_refused.html", context, status=status)


class InvitationFormView(InvitationView, FormView):
    """A form behind a link: what cannot be taken is named, and what was typed stays."""

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
