from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from portal.core.accounts import second_factor
from portal.site.awaiting import awaiting


class PortalAdminSite(admin.AdminSite):
    """The staff's pages. Who may enter is said on the account; what they may do, in the rules."""

    site_title = site_header = "Mötesplats"
    index_title = _("What awaits you")
    empty_value_display = "–"
    enable_nav_sidebar = False

    def has_permission(self, request):
        return super().has_permission(request) and request.user.has_second_factor

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """There is one way in for all: the site's own, with the second step behind it."""
        if request.user.is_staff and second_factor.is_missing(request.user):
            return second_factor.lead_to_set_up(request)
        return secure_admin_login(super().login)(request, extra_context)

    def get_urls(self):
        """Without the redirect to any object's page, which asks nobody's rights."""
        entries = super().get_urls()
        return [entry for entry in entries if getattr(entry, "name", "") != "view_on_site"]

    def index(self, request, extra_context=None):
        lines = awaiting(request.user, timezone.now())
        return super().index(request, {**(extra_context or {}), "awaiting": lines})
