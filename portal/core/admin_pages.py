"""What every admin page of the portal shares: rights from the rules, rows locked while saved."""

import re

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminIntegerFieldWidget,
    AdminSplitDateTime,
)
from django.core.exceptions import SuspiciousOperation
from django.db import models, transaction
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from rules.contrib.admin import (
    ObjectPermissionsModelAdmin,
    ObjectPermissionsStackedInline,
    ObjectPermissionsTabularInline,
)

from portal.core.admin_forms import (
    KnownSelect,
    KnownSelectMultiple,
    PortalModelForm,
    TableFormSet,
    UniqueRowsFormSet,
)
from portal.core.countries import country_choices, validate_country
from portal.core.fields import (
    PlainDateField,
    PlainDecimalField,
    PlainIntegerField,
    PlainMomentField,
)
from portal.core.money import MoneyField, format_money
from portal.core.workflow import WrongState, lock

CONFLICT = 409


def both(name: str) -> tuple[str, ...]:
    """A translated field's columns, side by side."""
    return tuple(f"{name}_{code}" for code, _language in settings.LANGUAGES)


def kr(field: str, label):
    """A list's column, or a read-only field, with an amount as people write it."""

    @admin.display(description=label, ordering=field)
    def amount(obj):
        return format_money(getattr(obj, field))

    # A help text is found by name: it is that of the field, and of no other.
    amount.__name__ = field
    return amount


def person(field: str, label):
    """A person's name as plain text: the account's own page is for administrators."""

    @admin.display(description=label)
    def name(obj):
        return getattr(obj, field) or "–"

    return name


def country_options() -> list[tuple[str, str]]:
    return [("", "---------"), *country_choices()]


class FormFields:
    """How model fields are asked for, on pages and in their rows alike."""

    form: type[forms.ModelForm] = PortalModelForm
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
        models.SlugField: {"help_text": _("The last part of the page's web address.")},
        models.DateField: {"form_class": PlainDateField, "widget": AdminDateWidget},
        models.DateTimeField: {"form_class": PlainMomentField, "widget": AdminSplitDateTime},
        models.DecimalField: {"form_class": PlainDecimalField},
        models.IntegerField: {"form_class": PlainIntegerField, "widget": AdminIntegerFieldWidget},
        # SQLite would store a larger number without a word.
        models.PositiveSmallIntegerField: {
            "form_class": PlainIntegerField,
            "widget": AdminIntegerFieldWidget,
            "max_value": 32767,
        },
        models.PositiveIntegerField: {
            "form_class": PlainIntegerField,
            "widget": AdminIntegerFieldWidget,
            "max_value": 2**31 - 1,
        },
        MoneyField: {},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if validate_country in db_field.validators:
            return forms.ChoiceField(
                choices=country_options,
                label=capfirst(db_field.verbose_name),
                required=not db_field.blank,
            )
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and self._is_needed_in_swedish(db_field):
            field.required = True
        if field and db_field.many_to_many and db_field.name not in self.autocomplete_fields:
            # Among boxes that stand there already, what a pop-up window adds could not be shown.
            field.widget.can_add_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", KnownSelect(db_field, self.admin_site))
            # What can be chosen, or is named as chosen, is what the person meets in its list.
            listed = self.admin_site.get_model_admin(db_field.related_model)
            kwargs.setdefault("queryset", listed.get_queryset(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_view_on_site_url(self, obj=None):
        """The page itself: Django's redirect to it would tell anybody of the staff its address."""
        is_shown = obj is not None and self.view_on_site and hasattr(obj, "get_absolute_url")
        return obj.get_absolute_url() if is_shown else None

    @staticmethod
    def _is_needed_in_swedish(db_field) -> bool:
        """The translation library lets every language be empty; the first one must not be."""
        original = getattr(db_field, "translated_field", None)
        return (
            original is not None
            and not original.blank
            and db_field.language == settings.LANGUAGE_CODE
        )


class PortalChangeList(ChangeList):
    def get_queryset(self, *args, **kwargs):
        queryset = super().get_queryset(*args, **kwargs)
        return queryset.prefetch_related(*self.model_admin.list_prefetch_related)


class PortalModelAdmin(FormFields, ObjectPermissionsModelAdmin):
    show_full_result_count = False
    list_per_page = 50
    # Relations that the list's columns show many of.
    list_prefetch_related: tuple[str, ...] = ()

    def get_changelist(self, request, **kwargs):
        return PortalChangeList

    def get_object(self, request, object_id, from_field=None):
        """What is about to be saved is locked and read again: a verb that runs meanwhile waits,
        and is never undone by the values this request read before it.
        """
        obj = super().get_object(request, object_id, from_field)
        if obj is None or request.method != "POST" or not _in_transaction():
            return obj
        try:
            lock(obj)
        except WrongState:
            return None
        return super().get_object(request, object_id, from_field)

    def _create_formsets(self, request, obj, change):
        """Lets the page's form see the rows: both are compared with what the page showed."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        if change:
            obj.rows_on_page = [
                formset
                for formset, inline in zip(formsets, inlines, strict=True)
                if inline.has_change_permission(request, obj)
            ]
        return formsets, inlines

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        if obj is not None:
            context |= {"seen": form.seen(), "is_stale": form.is_stale}
        response = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        if context.get("is_stale"):
            response.status_code = CONFLICT
        return response

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Django leads to the start page; that an object is hidden is answered as on every page."""
        raise Http404

    def response_action(self, request, queryset):
        for chosen in request.POST.getlist("_selected_action"):
            if not re.fullmatch("[0-9]{1,18}", chosen):
                raise SuspiciousOperation("A row that is chosen is named by its number.")
        return super().response_action(request, queryset)


def _in_transaction() -> bool:
    return transaction.get_connection().in_atomic_block


class Rows(FormFields):
    """Rows on their parent's page."""

    extra = 0
    formset = UniqueRowsFormSet

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The choices are read once for all rows, not once a row."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name not in self.autocomplete_fields:
            # Not list(): it would count the rows first.
            field.choices = [choice for choice in field.choices]  # noqa: C416
        return field


class ShortTextRows(Rows):
    """Their texts are of a few lines."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        return field


class TabularRows(ShortTextRows, ObjectPermissionsTabularInline):
    formset = TableFormSet


class StackedRows(Rows, ObjectPermissionsStackedInline):
    pass


class TagRows(ShortTextRows, StackedRows):
    """The perspectives an item claims, with how; a published item keeps at least one."""

    fields = ["perspective", both("how"), both("achieved")]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("perspective")

    def get_formset(self, request, obj=None, **kwargs):
        if obj is not None and getattr(obj, "is_public", False):
            kwargs |= {"min_num": 1, "validate_min": True}
        return super().get_formset(request, obj, **kwargs)
