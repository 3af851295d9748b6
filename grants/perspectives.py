"""The form field where an applicant claims perspectives and says how the project serves each."""

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


class PerspectivesWidget(forms.Widget):
    """A checkbox and a text area for each perspective; the value maps slug to claim."""

    template_name = "grants/perspectives_widget.html"
    use_fieldset = True

    def value_from_datadict(self, data, files, name):
        return {
            perspective.slug: Claim(
                ticked=f"{name}_{perspective.slug}" in data,
                how=data.get(f"{name}_{perspective.slug}_how", "").replace("\r\n", "\n"),
            )
            for perspective in Perspective.objects.all()
        }

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
            for index, perspective in enumerate(Perspective.objects.all())
        ]
        return context


class PerspectivesField(forms.Field):
    """Cleans to {perspective: how}. Nothing has to be claimed in a draft."""

    widget = PerspectivesWidget

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.text = forms.CharField(max_length=LONGEST, required=False)

    def clean(self, value: dict[str, Claim]) -> dict[Perspective, str]:
        claimed, errors = {}, []
        for perspective in Perspective.objects.all():
            claim = value.get(perspective.slug, Claim())
            try:
                how = self.text.clean(claim.how)
            except ValidationError as error:
                errors += [f"{perspective}: {message}" for message in error.messages]
                continue
            if claim.ticked:
                claimed[perspective] = how
            elif how:
                text = _("Tick the perspective “%(name)s”, or take away its text.")
                errors.append(text % {"name": perspective})
        if errors:
            raise ValidationError(errors)
        return claimed

    def has_changed(self, initial, data):
        return initial != data
