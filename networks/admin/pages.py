"""What the admin pages of everything that belongs to a network share."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from networks.models import Network, WorkingGroup
from portal.core.admin_history import HistoryAdmin


class GroupField(forms.ModelChoiceField):
    """Groups of different networks bear the same name: the network stands before it."""

    def __init__(self, **kwargs):
        groups = WorkingGroup.objects.select_related("network")
        super().__init__(groups.order_by("network__acronym", "pk"), **kwargs)

    def label_from_instance(self, group):
        return f"{group.network}: {group}"


class PartOfNetworkAdmin(HistoryAdmin):
    """What the network's own page tells of: the network counts as updated with it."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "group":
            return GroupField(label=capfirst(db_field.verbose_name), required=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = form.initial.get("network") if change else None
        self._tell({before, form.instance.network_id})

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._tell({obj.network_id})

    def delete_queryset(self, request, queryset):
        networks = set(queryset.values_list("network", flat=True))
        super().delete_queryset(request, queryset)
        self._tell(networks)

    def _tell(self, networks: set) -> None:
        Network.objects.filter(pk__in=networks - {None}).be_updated(timezone.now())
