from django.contrib import admin
from django.http import QueryDict


class BelongsToScheme(admin.ModelAdmin):
    """What is added from the list of one scheme's belongs to that scheme."""

    def get_changeform_initial_data(self, request):
        shown = QueryDict(request.GET.get("_changelist_filters", ""))
        of_scheme = {"scheme": shown["scheme__id__exact"]} if "scheme__id__exact" in shown else {}
        return of_scheme | super().get_changeform_initial_data(request)
