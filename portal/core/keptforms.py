"""A form whose text survives that its session has ended.

Whoever sends it is asked to sign in, and what was typed waits meanwhile in the new session. Back on
the page it stands in the form again; nothing of it has been done until it is sent once more.
"""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

WAITING = "typed"
# Longer texts than any form here takes are not kept for strangers.
MOST_BYTES = 200_000


class KeepsTyped:
    request: HttpRequest

    @method_decorator(login_not_required)
    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        if by_script(request):
            told = _("You have been signed out. Save the draft and sign in: your text stays.")
            return JsonResponse({"told": told}, status=401)
        if request.method == "POST" and len(request.body) <= MOST_BYTES:
            request.session[WAITING] = {"path": request.path, "text": request.POST.urlencode()}
        return redirect_to_login(request.get_full_path())

    def typed_before(self) -> QueryDict | None:
        """What was typed on this page before its session ended; once."""
        waiting = self.request.session.pop(WAITING, None)
        if waiting is None or waiting["path"] != self.request.path:
            return None
        return QueryDict(waiting["text"])


def by_script(request) -> bool:
    """Sent by the page itself, which reads the answer."""
    return request.headers.get("Accept") == "application/json"
