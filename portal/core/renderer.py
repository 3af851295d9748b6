"""Every form of the site gets labels, hints and errors that assistive technology reads.

The renderer is the project's FORM_RENDERER. The admin renders its widgets one by one with its own
templates and gives most of them classes of their own; a class is added only where none stands, so
its pages look as before.
"""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

TOGGLES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def _has_own_class(widget: forms.Widget) -> bool:
    """A widget made of several would hand our class down over its parts' own, so ask them too."""
    parts = getattr(widget, "widgets", ())
    return "class" in widget.attrs or any(_has_own_class(part) for part in parts)


class PortalBoundField(BoundField):
    """A field together with what its template needs to know."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden and not _has_own_class(widget):
            attrs.setdefault("class", "ds-input")
        return attrs

    @property
    def focus_id(self) -> str:
        """The element a link in the error summary leads to: a group has no control of its own,
        so its first one gets the focus."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id

    @property
    def is_toggle(self) -> bool:
        """One checkbox: its label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        return isinstance(self.field.widget, TOGGLES) and not self.is_toggle


class PortalRenderer(TemplatesSetting):
    """Needs `django.forms` among the installed apps, for the widgets' own templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField
