"""Each part's own form."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grants import answers
from grants.balance import Balance, balance_of
from grants.declarations import certificates_of
from grants.forms.parts import (
    DaysInOrder,
    PartForm,
    RowForm,
    Rowset,
    day_field,
    long_field,
    money_field,
    text_field,
)
from grants.models.questions import new_key
from grants.models.rows import BudgetLine
from grants.parts import ACTIVITY, PARTS, PROJECT, plain
from grants.perspectives import Claim, PerspectivesField
from grants.questionfields import field_for
from partners.models import Partner
from portal.core.countries import country_choices

NO_CHOICE = [("", "–")]


class ProjectForm(DaysInOrder, PartForm):
    step = "project"
    title = text_field(
        _("Name of the project"), 120, _("It becomes public if the application is granted.")
    )
    summary = long_field(
        _("What you want to do"), 2000, rows=8,
        help_text=_("At most 2,000 characters. It becomes public if the application is granted."),
    )  # fmt: skip
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))

    def fields_of(self, stored):
        return {name: getattr(self.application, name) for name in PROJECT}

    def as_part(self):
        return {name: self.read(name) for name in PROJECT}


class CountryField(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            label=_("Country"), required=False,
            choices=lambda: NO_CHOICE + country_choices(), **kwargs,
        )  # fmt: skip


class PartnerRow(RowForm):
    quiet = ("key", "language")
    key = forms.RegexField(r"^[0-9a-f]{8}$", widget=forms.HiddenInput, required=False)
    partner = forms.TypedChoiceField(
        label=_("Partner"), required=False, coerce=int, empty_value=None
    )
    name = text_field(_("Name, where it is another one"), 150)
    country = CountryField()
    role = text_field(_("Role in the project"), 200)
    gives = long_field(_("What the partner gives"), 1000, rows=3)
    gets = long_field(_("What the partner gets"), 1000, rows=3)
    own_funding = money_field(
        _("The partner's own funding (SEK)"), _("Leave it out where there is none.")
    )
    email = forms.EmailField(
        label=_("Contact's e-mail address"), required=False,
        help_text=_("The partner can confirm its part by a link. The address is not public."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the link"), initial="en",
        choices=[("en", _("English")), ("sv", _("Swedish"))],
    )  # fmt: skip

    def __init__(self, *args, catalogue: list[tuple], **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", new_key())
        self.fields["partner"].choices = catalogue  # type: ignore[attr-defined]
        self.fields["partner"].help_text = format_html(
            '{} <a href="{}">{}</a>', gettext("From the catalogue, or another one."),
            reverse("find_partners"), gettext("Find partners for an idea"),
        )  # fmt: skip


class PartnersForm(PartForm):
    step = "partners"
    rowsets = {
        "partners": Rowset(
            PartnerRow, _("Partners abroad"), _("Partner"), _("Add a partner"),
            _("Who you work with, and what each side gives and gets."),
        )
    }  # fmt: skip

    def row_kwargs(self, name):
        """The catalogue is read once for all rows; a partner that has left it stays in its row."""
        chosen = [row["partner"] for row in self.stored if row["partner"]]
        public = Partner.objects.public().counterparts()
        found = (public | Partner.objects.filter(pk__in=chosen)).alphabetical()
        named = [(one.pk, str(one)) for one in found]
        return {"catalogue": [("", gettext("Another one")), *named]}

    def rows_of(self, stored, name):
        return stored

    def as_part(self):
        return self.rows["partners"].listed()


class ActivityRow(DaysInOrder, RowForm):
    what = text_field(_("What"), 200)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    place = text_field(_("Place"), 100)
    country = CountryField()


class ActivitiesForm(PartForm):
    step = "activities"
    rowsets = {
        "activities": Rowset(
            ActivityRow, _("Activities"), _("Activity"), _("Add an activity"),
            _("What is to take place, when and where: at home and abroad."),
        )
    }  # fmt: skip

    def rows_of(self, stored, name):
        return stored

    def as_part(self):
        return [{name: row[name] for name in ACTIVITY} for row in self.rows["activities"].listed()]


class PerspectivesForm(PartForm):
    step = "perspectives"
    perspectives = PerspectivesField(
        label=_("Perspectives"),
        help_text=_("Choose those the project serves, at least one. Say how, and how it will be "
                    "seen afterwards."),
    )  # fmt: skip

    def fields_of(self, stored):
        return {"perspectives": {slug: Claim(True, **claim) for slug, claim in stored.items()}}

    def as_part(self):
        if "perspectives" not in self.cleaned_data:
            return self.stored
        return self.cleaned_data["perspectives"]


class CostRow(RowForm):
    quiet = ("bearer",)
    text = text_field(_("What for"), 200)
    amount = money_field(_("Amount (SEK)"))
    bearer = forms.ChoiceField(
        label=_("Whose cost"), choices=BudgetLine.Bearer.choices, initial="applicant"
    )


class IncomeRow(RowForm):
    quiet = ("kind",)
    kind = forms.ChoiceField(
        label=_("Kind"), initial="own",
        choices=[pair for pair in BudgetLine.Kind.choices if pair[0] != BudgetLine.Kind.COST],
    )  # fmt: skip
    text = text_field(_("From whom"), 200)
    amount = money_field(_("Amount (SEK)"))


class BudgetForm(PartForm):
    step = "budget"
    rowsets = {
        "costs": Rowset(CostRow, _("Costs"), _("Cost"), _("Add a cost"), compact=True),
        "incomes": Rowset(
            IncomeRow, _("What pays the rest"), _("Income"), _("Add an income"), compact=True,
            help_text=_("Your own share, other public support, and other income."),
        ),
    }  # fmt: skip
    amount = money_field(_("Amount you apply for (SEK)"), _("For example 20 000."))

    def fields_of(self, stored):
        return {"amount": self.application.amount}

    def as_part(self):
        return {
            "amount": self.read("amount"),
            "costs": self.rows["costs"].listed(),
            "incomes": self.rows["incomes"].listed(),
        }

    @cached_property
    def balance(self) -> Balance:
        """Of what is typed, as far as it can be read."""
        budget = plain(self.as_part()) if self.is_bound and self.is_valid() else self.stored
        partners = PARTS["partners"].read(self.application)
        only_own_costs = self.application.call.scheme.only_own_costs
        return balance_of({"budget": budget, "partners": partners}, only_own_costs=only_own_costs)

    @property
    def balance_rows(self) -> list[tuple]:
        """(key, label, sum, share of the costs)."""
        sums = self.balance
        labels = {
            "costs": _("Costs"),
            "applied": _("Applied for"),
            "own": BudgetLine.Kind.OWN.label,
            "public": BudgetLine.Kind.PUBLIC.label,
            "other": BudgetLine.Kind.OTHER.label,
            "partners": _("The partners' own funding"),
        }
        amounts = [(key, label, getattr(sums, key)) for key, label in labels.items()]
        return [(key, label, amount, sums.share(amount)) for key, label, amount in amounts]


class AnswersForm(PartForm):
    step = "answers"

    def add_fields(self):
        for question in self.application.written_questions:
            self.fields[question.field_name] = field_for(question)
            self.initial[question.field_name] = answers.read(question, self.stored)

    def as_part(self):
        """By the questions' keys."""
        return {
            question.key: answers.stored(self.cleaned_data[question.field_name])
            for question in self.application.written_questions
            if question.field_name in self.cleaned_data
        }

    @property
    def sections(self) -> list[tuple]:
        """(section, its questions as (question, field)); a file has no field here."""
        form = self.application.form
        return [
            (section, [(question, self._field(question)) for question in questions])
            for section, questions in (form.asked_sections if form else [])
        ]

    def _field(self, question) -> forms.BoundField | None:
        return self[question.field_name] if question.field_name in self.fields else None


class AidRow(RowForm):
    granted_by = text_field(_("Granted by"), 150)
    granted_on = day_field(_("Day it was granted"))
    euro = money_field(_("Amount in euro"))


class DeclarationsForm(PartForm):
    step = "declarations"
    rowsets = {
        "aid": Rowset(
            AidRow, _("De minimis aid in the last three years"), _("Aid"), _("Add aid"),
            compact=True, help_text=_("All of it, whoever gave it."),
        )
    }  # fmt: skip

    def add_fields(self):
        for name, (sentence, _told) in certificates_of(self.application.call.scheme).items():
            self._certificate(name, sentence)
        self.fields["undertaking"] = forms.ChoiceField(
            label=_("Is the applicant an undertaking?"),
            help_text=_("Whoever offers goods or services on a market is one, artists with a firm "
                        "of their own and associations too."),
            required=False, widget=forms.RadioSelect, choices=[("yes", _("Yes")), ("no", _("No"))],
        )  # fmt: skip
        self._certificate(
            "no_aid", _("The undertaking has received no de minimis aid in the last three years.")
        )

    @property
    def certificates(self) -> list:
        return [self[name] for name in certificates_of(self.application.call.scheme)]

    def _certificate(self, name, sentence):
        self.fields[name] = forms.BooleanField(label=sentence, required=False)
        self.initial[name] = name in self.stored["certified"]

    def fields_of(self, stored):
        return {"undertaking": stored["undertaking"]}

    def as_part(self):
        certified = [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.BooleanField) and self.read(name)
        ]
        return {
            "certified": certified,
            "undertaking": self.read("undertaking"),
            "aid": self.rows["aid"].listed(),
        }


FORMS: dict[str, type[PartForm]] = {
    form.step: form
    for form in (
        ProjectForm, PartnersForm, ActivitiesForm, PerspectivesForm, BudgetForm, AnswersForm,
        DeclarationsForm,
    )
}  # fmt: skip
