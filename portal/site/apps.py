from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "portal.site"
    label = "portal_site"
    verbose_name = _("Portal")


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our own site in the place of its default one."""

    default = False  # named in full in the settings; `portal.site` itself means SiteConfig
    default_site = "portal.site.adminsite.PortalAdminSite"
