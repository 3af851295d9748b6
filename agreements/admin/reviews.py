"""Joint reviews in the admin: begun, sent to the other side, written for ours, read and closed."""

from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Review, ReviewPart
from agreements.review_forms import TEXTS, CloseForm, OwnPartForm, drafted_summary
from portal.cases.admin import BarredAdmin
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import StackedRows
from portal.core.workflow_admin import WorkflowAdmin


class PartRows(StackedRows):
    """What each party wrote; read here, written elsewhere."""

    model = ReviewPart
    readonly_fields = [
        "written_at", "went_well", "to_improve", "programme", "kept", "achieved", "author",
    ]  # fmt: skip
    fields = readonly_fields  # type: ignore[assignment]

    def get_queryset(self, request):
        parts = super().get_queryset(request).select_related("party__partner")
        return parts.prefetch_related("ticks__commitment", "achievements__perspective")

    @admin.display(description=_("commitments kept"))
    def kept(self, part):
        return "\n".join(f"– {tick.commitment}" for tick in part.ticks.all())

    @admin.display(description=_("what was achieved"))
    def achieved(self, part):
        return "\n".join(f"{one.perspective}: {one.text}" for one in part.achievements.all())

    @admin.display(description=_("written by"))
    def author(self, part):
        return ", ".join(filter(None, (part.author_name, part.author_role)))


@admin.register(Review)
class ReviewAdmin(WorkflowAdmin, BarredAdmin, HistoryAdmin):
    case_path = "agreement__case"
    verb_forms = {"write_own": OwnPartForm, "close": CloseForm}
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["agreement", ("year", "due_on"), "state"]}),
        (_("Summary"), {"fields": [("summary_sv", "summary_en"), "closed_at"]}),
    ]
    readonly_fields = ["state", "summary_sv", "summary_en", "closed_at"]
    autocomplete_fields = ["agreement"]
    inlines = [PartRows]
    list_display = ["agreement", "year", "due_on", "written", "state"]
    list_filter = ["state", "year"]
    list_prefetch_related = ("parts",)
    search_fields = ["agreement__title_sv", "agreement__title_en"]
    ordering = ["-year", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agreement__case")

    def get_readonly_fields(self, request, obj=None):
        """Which agreement and year it is about is said once; a closed review stands."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        return [*fields, "agreement", "year", *(["due_on"] if obj.closed_at else [])]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [(None, {"fields": ["agreement", ("year", "due_on")]})]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_changeform_initial_data(self, request):
        """The year that has been, and a month to write."""
        today = timezone.localdate()
        suggested = {"year": today.year, "due_on": today + timedelta(days=30)}
        return suggested | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        elif not request.user.has_perm("agreements.keep_ledger", obj.agreement):
            raise PermissionDenied
        else:
            obj.begin(by=request.user, at=timezone.now())

    def verb_initial(self, obj, verb, user):
        if verb == "close":
            return drafted_summary(obj)
        part = next((part for part in obj.own_parts() if part.written_at), None)
        if part is None:
            return {"author_name": user.full_name}
        return self._written_before(part)

    def _written_before(self, part) -> dict:
        written = {name: getattr(part, name) for name in TEXTS} | {"part": part}
        for tick in part.ticks.select_related("commitment"):
            written.setdefault(f"kept_{tick.commitment.party_id}", []).append(
                str(tick.commitment_id)
            )
        for one in part.achievements.select_related("perspective"):
            written[f"achieved_{one.perspective.slug}"] = one.text
        return written

    def verb_facts(self, obj):
        parts = obj.parts.select_related("party__partner").prefetch_related("ticks__commitment")
        return [(part.party, self._told(part)) for part in parts]

    def _told(self, part) -> str:
        if part.written_at is None:
            return str(_("Has not written yet."))
        kept = ", ".join(str(tick.commitment) for tick in part.ticks.all())
        told = [
            (_("what went well"), part.went_well),
            (_("what we should do better"), part.to_improve),
            (_("next year's programme"), part.programme),
            (_("commitments kept"), kept),
        ]
        return "\n".join(f"{label}: {text}" for label, text in told if text)

    @admin.display(description=_("written"))
    def written(self, review):
        parts = review.parts.all()
        return f"{sum(1 for part in parts if part.written_at)}/{len(parts)}"
