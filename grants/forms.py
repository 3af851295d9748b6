"""The applicant's forms. A draft may be incomplete but not malformed."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grants import answers
from grants.models import Application, Call
from grants.models.schemes import INDIVIDUAL
from grants.perspectives import Claim, PerspectivesField
from grants.questionfields import field_for
from partners.models import Partner
from portal.core.dates import Precision, partial_date
from portal.core.fields import PlainDateField, PlainIntegerField
from portal.core.models import Organisation
from portal.core.money import format_money
from portal.core.widgets import Paragraphs


class ApplicantForm(forms.Form):
    """As whom a person applies: as oneself, or for an organisation that the call allows."""

    def __init__(self, *args, call: Call, user, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = call.scheme.applicants
        self.organisations = {
            str(organisation.pk): organisation
            for organisation in Organisation.objects.of(user).filter(kind__in=kinds)
        }
        choices = [(INDIVIDUAL, _("I do, as a person"))] if INDIVIDUAL in kinds else []
        choices += [(key, organisation.name) for key, organisation in self.organisations.items()]
        self.fields["applicant"] = forms.ChoiceField(
            label=_("Who applies?"), widget=forms.RadioSelect, choices=choices
        )
        if len(choices) == 1:
            self.initial["applicant"] = choices[0][0]
        earlier = Application.objects.of(user).handed_in().order_by("-pk")[:MOST_EARLIER]
        self.earlier = {str(one.pk): one for one in earlier}
        if self.earlier:
            self.fields["earlier"] = forms.ChoiceField(
                label=_("Begin with"),
                required=False,
                choices=[
                    ("", _("an empty form")),
                    *((key, str(one)) for key, one in self.earlier.items()),
                ],
                help_text=_("What you wrote in an earlier application is copied, to be changed."),
            )

    @property
    def copied(self) -> Application | None:
        return self.earlier.get(self.cleaned_data.get("earlier", ""))

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data["applicant"])


MOST_EARLIER = 30
SHORT = {"class": "ds-input input--short"}


def day_field(label, help_text=""):
    return PlainDateField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2027-03-01.")},
    )


@dataclass(frozen=True)
class Difference:
    """A field that was changed elsewhere, or here, since the form was opened."""

    label: str
    stored: str
    typed: str


class ApplicationForm(forms.ModelForm):
    """The application as the applicant writes it; `keep` saves it as a draft."""

    data: MultiValueDict
    marks_optional = False

    version = PlainIntegerField(
        widget=forms.HiddenInput,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_value"),
            _("The form was not sent whole. Open the application again."),
        ),
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    perspectives = PerspectivesField(
        label=_("Perspectives"),
        help_text=_("Choose those the project serves, at least one, and say how."),
    )

    class Meta:
        model = Application
        fields = Application.CONTENT
        widgets = {
            "summary": Paragraphs(attrs={"rows": 8, "cols": False}),
            "amount": forms.TextInput(attrs=SHORT),
            "total_cost": forms.TextInput(attrs=SHORT),
        }
        labels = {
            "title": _("Name of the project"),
            "summary": _("What you want to do, and what each side gives and gets"),
            "partner": _("Partner"),
            "amount": _("Amount you apply for (SEK)"),
            "total_cost": _("Total cost of the project (SEK)"),
        }
        help_texts = {
            "title": _("It becomes public if the application is granted."),
            "summary": _(
                "At most 2,000 characters. It becomes public if the application is granted."
            ),
            "amount": _("For example 20 000."),
        }

    field_order = (*Application.CONTENT[:3], "perspectives", *Application.CONTENT[3:], "version")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        draft = self.instance
        for question in draft.questions:
            self.fields[question.field_name] = field_for(question)
            self.initial[question.field_name] = answers.read(question, draft.answers)
        self.initial["version"] = draft.version
        self.initial["perspectives"] = {
            tag.perspective.slug: Claim(ticked=True, how=tag.how)
            for tag in (draft.tags.select_related("perspective") if draft.pk else ())
        }
        partners = Partner.objects.public().counterparts() | Partner.objects.filter(
            pk=draft.partner_id
        )
        self.fields["partner"].queryset = partners.alphabetical()
        self.fields["partner"].empty_label = gettext("Choose a partner")
        self.fields["partner"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            gettext("The region or organisation that you work with."),
            reverse("find_partners"),
            gettext("Find partners for an idea"),
        )

    def keep(self, *, by, at) -> Application:
        """Save the draft; raises what the verb raises. What could not be read stays as it was."""
        typed = self.cleaned_data
        return self.instance.edit(
            by=by,
            at=at,
            version=typed["version"],
            values={name: typed[name] for name in Application.CONTENT if name in typed},
            perspectives=typed.get("perspectives", self._claimed()),
            answers=self._answers(),
        )

    def _claimed(self) -> dict:
        tags = self.instance.tags.select_related("perspective")
        return {tag.perspective: tag.how for tag in tags}

    def _answers(self) -> dict:
        """What is typed, by the questions' keys; an answer to a question not asked now is kept."""
        typed = {
            question.key: answers.stored(self.cleaned_data[question.field_name])
            for question in self.instance.questions
            if question.field_name in self.cleaned_data
        }
        return {**self.instance.answers, **typed}

    @property
    def own_fields(self) -> list:
        """The fields that every application has; the call's own questions come after them."""
        asked = {question.field_name for question in self.instance.questions}
        return [field for field in self.visible_fields() if field.name not in asked]

    @property
    def sections(self) -> list[tuple]:
        """(section, its questions as (question, field)) of the call's own questions."""
        sections = self.instance.form.parts if self.instance.form else []
        return [
            (
                section,
                [(question, self[question.field_name]) for question in section.questions.all()],
            )
            for section in sections
        ]

    def refuse(self, error: ValidationError) -> None:
        """Show what a verb refused, beside the fields it concerns; what was typed stays."""
        reasons = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
        for name, reason in reasons.items():
            self.add_error(name if name in self.fields else None, reason)

    def continue_from(self, stored: Application) -> None:
        """The next sending of this form builds on what is stored now."""
        self.data = self.data.copy()
        self.data["version"] = stored.version

    def differences(self, stored: Application) -> list[Difference]:
        """Where what was typed here differs from what is stored now."""
        typed = self.cleaned_data
        pairs = {name: (getattr(stored, name), typed[name]) for name in Application.CONTENT}
        claims = {tag.perspective: tag.how for tag in stored.tags.select_related("perspective")}
        pairs["perspectives"] = (claims, typed["perspectives"])
        for question in self.instance.questions:
            name, old = question.field_name, answers.as_text(question, stored.answers)
            kept = {question.key: answers.stored(typed[name])}
            pairs[name] = (old, answers.as_text(question, kept))
        return [
            Difference(str(field.label), _as_text(name, old), _as_text(name, new))
            for name, field in self.fields.items()
            for old, new in [pairs.get(name, (None, None))]
            if old != new
        ]


def _as_text(name: str, value) -> str:
    if name == "perspectives":
        return "\n".join(f"{perspective}: {how}" for perspective, how in value.items())
    if name in ("amount", "total_cost"):
        return format_money(value)
    if name in ("starts_on", "ends_on"):
        return partial_date(value, Precision.DAY)
    return str(value or "")
