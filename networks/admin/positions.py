from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models import Position, PositionPerspective, PositionStep
from networks.workflow import CONCLUDED, PositionState
from portal.core.admin_forms import VerbForm
from portal.core.admin_pages import StackedRows, TagRows, both
from portal.core.publishing_admin import PublishableAdmin


class ConclusionForm(VerbForm):
    """What came of it, in both languages, and the day it was known."""

    outcome_sv = forms.CharField(
        label=_("What came of it, in Swedish"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    outcome_en = forms.CharField(
        label=_("What came of it, in English"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    concluded_on = forms.DateField(label=_("Concluded"), widget=AdminDateWidget)


class PerspectiveRows(TagRows):
    model = PositionPerspective


class StepRows(StackedRows):
    """The way; what is or has been pursued keeps at least one step."""

    model = PositionStep
    fields = [
        ("taken_on", "precision"),
        ("level", "channel"),
        ("network", "group"),
        "carried_by",
        both("text"),
        both("result"),
        "source_url",
    ]

    def get_formset(self, request, obj=None, **kwargs):
        if obj is not None and obj.state in (PositionState.PURSUED, *CONCLUDED):
            kwargs |= {"min_num": 1, "validate_min": True}
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Groups and people stand under their network: several have a group of the same name."""
        if db_field.name not in ("group", "carried_by"):
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        rows = db_field.related_model.objects.select_related("network")
        kwargs["queryset"] = rows.order_by("network__acronym", "pk")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        # The choices have been read: each still knows its row.
        empty, *read = field.choices
        field.choices = [empty, *_under_networks(value.instance for value, _label in read)]
        return field


def _under_networks(rows) -> list[tuple[str, list]]:
    found: dict[str, list] = {}
    for row in rows:
        found.setdefault(str(row.network), []).append((row.pk, str(row)))
    return list(found.items())


@admin.register(Position)
class PositionAdmin(PublishableAdmin):
    """The influence log. A state is reached by its verb; how it ended is said with the verb, and
    may be worded better afterwards.
    """

    verb_forms = {
        "note_influenced": ConclusionForm,
        "note_partly_influenced": ConclusionForm,
        "note_not_influenced": ConclusionForm,
    }
    fieldsets = [
        (None, {"fields": [both("title"), "slug", ("state", "publication")]}),
        (_("Text"), {"fields": [both("question"), both("aim")]}),
        (_("Strategy"), {"fields": ["goals", "line"]}),
        (_("Source"), {"fields": ["source"]}),
    ]
    readonly_fields = ["state", "publication", "concluded_on"]
    inlines = [StepRows, PerspectiveRows]
    prepopulated_fields = {"slug": ["title_sv"]}
    filter_horizontal = ["goals"]
    list_display = ["title", "state", "levels", "concluded_on", "updated_at", "publication"]
    list_filter = ["publication", "state", "steps__level", "steps__network", "perspectives"]
    list_prefetch_related = ("steps",)
    search_fields = [
        "title_sv", "title_en", "question_sv", "question_en", "aim_sv", "aim_en", "outcome_sv",
        "outcome_en",
    ]  # fmt: skip

    @admin.display(description=_("levels"))
    def levels(self, position):
        return ", ".join(str(level.label) for level in position.levels)

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is not None and obj.is_concluded:
            fieldsets.insert(2, (_("Outcome"), {"fields": [both("outcome"), "concluded_on"]}))
        return fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        for name in both("outcome"):
            if name in form.base_fields:
                form.base_fields[name].required = True
        return form

    def verb_initial(self, obj, verb, user):
        return {"concluded_on": timezone.localdate()}

    def verb_facts(self, obj):
        return [(_("what we want"), obj.aim), (_("levels"), self.levels(obj))]
