"""The form field where an applicant claims perspectives: how the project serves each, and how that
will be seen.
"""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.models import Perspective

LONGEST = 1000


class Claim(NamedTuple):
    """What stands in the form beside one perspective."""

    ticked: bool = False
    how: str = ""
    evidence: str = ""


class PerspectivesWidget(forms.Widget):
    """A checkbox and two text areas for each perspective; the value maps slug to claim."""

    template_name = "grants/perspectives_widget.html"
    use_fieldset = True

    def value_from_datadict(self, data, files, name):
        def text(slug: str, what: str) -> str:
            return data.get(f"{name}_{slug}_{what}", "").replace("\r\n", "\n")

        return {
            one.slug: Claim(
                f"{name}_{one.slug}" in data, text(one.slug, "how"), text(one.slug, "evidence")
            )
            for one in self.perspectives()
        }

    def perspectives(self) -> list[Perspective]:
        """Read once for each form, which has a copy of the widget."""
        if not hasattr(self, "_perspectives"):
            self._perspectives = list(Perspective.objects.all())
        return self._perspectives

    def value_omitted_from_data(self, data, files, name):
        return False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id", name)
        context["widget"]["longest"] = LONGEST
        context["widget"]["options"] = [
            {
                "perspective": perspective,
                "name": f"{name}_{perspective.slug}",
                "id": f"{base}_{index}",
                "claim": (value or {}).get(perspective.slug, Claim()),
            }
            for index, perspective in enumerate(self.perspectives())
        ]
        return context


class PerspectivesField(forms.Field):
    """Cleans to {slug: {"how", "evidence"}}. Nothing has to be claimed in a draft."""

    widget: PerspectivesWidget

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=PerspectivesWidget, **kwargs)
        self.text = forms.CharField(max_length=LONGEST, required=False)

    def clean(self, value: dict[str, Claim]) -> dict[str, dict[str, str]]:
        claimed, errors = {}, []
        for perspective in self.widget.perspectives():
            claim = value.get(perspective.slug, Claim())
            try:
                how, evidence = self.text.clean(claim.how), self.text.clean(claim.evidence)
            except ValidationError as error:
                errors += [f"{perspective}: {message}" for message in error.messages]
                continue
            if claim.ticked:
                claimed[perspective.slug] = {"how": how, "evidence": evidence}
            elif how or evidence:
                text = _("Tick the perspective “%(name)s”, or take away its text.")
                errors.append(text % {"name": perspective})
        if errors:
            raise ValidationError(errors)
        return claimed

    def has_changed(self, initial, data):
        return initial != data
