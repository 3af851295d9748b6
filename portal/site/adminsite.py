from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.site.awaiting import awaiting
from portal.site.signin import StaffSignInForm


class PortalAdminSite(admin.AdminSite):
    """The staff's pages. Who may enter is said on the account; what they may do, in the rules."""

    site_title = site_header = "Mötesplats"
    index_title = _("What awaits you")
    empty_value_display = "–"
    enable_nav_sidebar = False
    login_form = StaffSignInForm

    def index(self, request, extra_context=None):
        lines = awaiting(request.user, timezone.now())
        return super().index(request, {**(extra_context or {}), "awaiting": lines})
