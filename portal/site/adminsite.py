from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    site_title = site_header = "Mötesplats"
    index_title = _("What awaits you")
