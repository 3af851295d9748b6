"""Staff have a second factor: without one their roles are not in effect (see `core.rules`).

Whoever lacks only that is led to where one gets it, from any page that was refused.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def is_missing(user) -> bool:
    return user.is_authenticated and user.needs_second_factor and not user.has_second_factor


def lead_to_set_up(request):
    told = _("Staff sign in with a second step. Choose one here, and your pages open.")
    messages.warning(request, told)
    return redirect("mfa_index")
