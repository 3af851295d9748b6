"""The outbox, read like a case: without what was written about those one is barred from."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.cases.models import Case, CaseEvent
from portal.core.admin_pages import PortalModelAdmin
from portal.core.logs import without_links
from portal.core.models import Mail


@admin.register(Mail)
class MailAdmin(PortalModelAdmin):
    fields = ["to", "subject", "text", "message_id", "created_at", "sent_at"]
    list_display = ["subject", "to", "created_at", "sent_at"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter)]
    date_hierarchy = "created_at"
    search_fields = ["to", "subject", "message_id"]
    readonly_fields = ["text"]

    def get_queryset(self, request):
        barred = CaseEvent.objects.filter(case__in=Case.objects.barring(request.user))
        return super().get_queryset(request).exclude(pk__in=barred.mails())

    @admin.display(description=_("text"))
    def text(self, mail):
        """Without the links in it: a link acts for the one it was sent to, and so does a code."""
        return _("For the recipient alone.") if mail.is_secret else without_links(mail.body)
