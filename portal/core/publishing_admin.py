from portal.core.admin_history import HistoryAdmin
from portal.core.workflow_admin import WorkflowAdmin


class PublishableAdmin(WorkflowAdmin, HistoryAdmin):
    """Items the public may read: their state by verbs only, their address fixed once public."""

    readonly_fields = ["publication"]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj is not None and obj.is_public else fields

    def get_prepopulated_fields(self, request, obj=None):
        if obj is not None and obj.is_public:
            return {}
        return super().get_prepopulated_fields(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A published item keeps the texts that it could not be published without."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None and obj.is_public:
            for name in obj.bilingual:
                for field in (f"{name}_sv", f"{name}_en"):
                    if field in form.base_fields:
                        form.base_fields[field].required = True
        return form
