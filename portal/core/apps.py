from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models import IntegerField
from django.utils.translation import gettext_lazy as _

from portal.core.lookups import InWithinRange
from portal.core.sqlite import speak_swedish


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = _("People and strategy")

    def ready(self):
        # Not a signal of ours between models: Django's only hook for preparing a connection.
        connection_created.connect(speak_swedish, dispatch_uid="speak_swedish")
        IntegerField.register_lookup(InWithinRange)
