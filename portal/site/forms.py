"""What somebody looks for in a partner, as it is asked for on the page and kept in its address."""

import re
from dataclasses import fields

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partners.filters import countries_in_use
from partners.models import PartnerExchange, Theme
from portal.core.countries import country_choices, country_name
from portal.core.filters import MOST_TEXT, StrictBooleanField, TextField
from portal.core.models import Perspective
from portal.core.sqlite import swedish_key
from portal.site import geo, partnerfacts
from portal.site.matching import FULL_WEIGHT, Weights, Wish, Word

# Found in names and themes without saying anything.
LITTLE_WORDS = frozenset({
    "and", "att", "by", "de", "den", "det", "en", "ett", "for", "från", "för", "i", "in", "med",
    "och", "of", "om", "on", "our", "på", "som", "the", "till", "to", "vi", "we", "with",
})  # fmt: skip
FARTHEST_KM = 20_100
WEIGHT_LABELS = {
    "challenges": _("Shared challenges"),
    "strengths": _("Strengths that complement each other"),
    "exchange": _("Forms of exchange"),
    "perspectives": _("Shared perspectives"),
    "words": _("Your own words"),
    "history": _("Earlier cooperation"),
    "networks": _("Networks in common"),
    "distance": _("Nearness"),
}


class ChecksField(forms.MultipleChoiceField):
    def __init__(self, label, **kwargs):
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, required=False, widget=widget, **kwargs)


class NumberField(forms.IntegerField):
    """A whole number within bounds, typed as text: a number input would lose what is no number."""

    def __init__(self, least: int, most: int, **kwargs):
        problem = format_lazy(
            _("Write a whole number from {least} to {most}."), least=least, most=most
        )
        super().__init__(
            min_value=least,
            max_value=most,
            widget=forms.TextInput({"inputmode": "numeric", "class": "ds-input input--short"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), problem),
            **kwargs,
        )


class FindForm(forms.Form):
    """Read from the address: what is left out is as it was from the beginning, what is unknown or
    said twice is refused with words.
    """

    use_required_attribute = False

    q = TextField(
        label=_("Words"),
        max_length=MOST_TEXT,
        required=False,
        help_text=_("Of a theme or a name, for example dance or Vilnius."),
    )
    challenge = ChecksField(_("Challenges you want to work with"))
    strength = ChecksField(_("Strengths you bring"))
    seek = ChecksField(_("Exchange you seek"), choices=PartnerExchange.Form.choices)
    offer = ChecksField(_("Exchange you offer"), choices=PartnerExchange.Form.choices)
    perspective = ChecksField(_("Perspectives you work for"))
    country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
    eu = StrictBooleanField(label=_("In the EU"), required=False)
    km = NumberField(1, FARTHEST_KM, label=_("At most so many kilometres away"), required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, initial=1, widget=forms.HiddenInput)

    MANY = ("challenge", "strength", "seek", "offer", "perspective")
    LIMITS = ("country", "eu", "km")

    def __init__(self, asked):
        super().__init__(data=asked.copy())
        for field in fields(Weights):
            self.fields[f"weight_{field.name}"] = NumberField(
                0, FULL_WEIGHT, label=WEIGHT_LABELS[field.name], initial=field.default
            )
        for name, field in self.fields.items():
            if field.required and not self.data.get(name):
                self.data[name] = str(field.initial)
        self.themes = sorted(Theme.objects.all(), key=lambda theme: swedish_key(str(theme)))
        self.perspectives = list(Perspective.objects.all())
        themes = [(theme.slug, capfirst(theme.name)) for theme in self.themes]
        self.fields["challenge"].choices = self.fields["strength"].choices = themes
        self.fields["perspective"].choices = [(p.slug, p.name) for p in self.perspectives]
        self.fields["country"].widget.choices = self._countries_in_use()

    def clean(self):
        for name in self.data:
            if name not in self.fields:
                problem = _now("“%(name)s” is not asked for here.") % {"name": name}
                self.add_error(None, problem)
            elif name not in self.MANY and len(self.data.getlist(name)) > 1:
                self.add_error(name, _now("Give “%(name)s” once.") % {"name": name})
        return self.cleaned_data

    # --- What was asked for, in the words of matching ---------------------------------------------

    @cached_property
    def wish(self) -> Wish:
        chosen = self.cleaned_data
        return Wish(
            home=geo.home(),
            challenges=self._chosen(self.themes, "challenge"),
            strengths=self._chosen(self.themes, "strength"),
            seeks=partnerfacts.forms(chosen["seek"]),
            offers=partnerfacts.forms(chosen["offer"]),
            perspectives=self._chosen(self.perspectives, "perspective"),
            words=tuple(map(self._word, words(chosen["q"]))),
        )

    @property
    def weights(self) -> Weights:
        names = (field.name for field in fields(Weights))
        return Weights(**{name: self.cleaned_data[f"weight_{name}"] for name in names})

    def limited(self, partners):
        """The partners of the country, or of those inside or outside the EU."""
        if self.cleaned_data["country"]:
            partners = partners.filter(country=self.cleaned_data["country"])
        if self.cleaned_data["eu"] is not None:
            partners = partners.filter(in_eu=self.cleaned_data["eu"])
        return partners

    def _chosen(self, items, name):
        slugs = self.cleaned_data[name]
        return partnerfacts.things(item for item in items if item.slug in slugs)

    def _word(self, text: str) -> Word:
        named = (t for t in self.themes if text in f"{t.name_sv}\n{t.name_en or ''}".casefold())
        return Word(text, partnerfacts.things(named))

    # --- How the page shows it --------------------------------------------------------------------

    def limits(self):
        return [self[name] for name in self.LIMITS]

    def weight_fields(self):
        return [self[f"weight_{field.name}"] for field in fields(Weights)]

    def _countries_in_use(self):
        found = [(code, country_name(code)) for code in countries_in_use()]
        return [("", _("All")), *sorted(found, key=lambda pair: swedish_key(pair[1]))]


def words(text: str) -> list[str]:
    """The words that can tell something, in small letters, each once."""
    found = re.findall(r"\w[\w-]*", text.casefold())
    return list(dict.fromkeys(w for w in found if len(w) > 1 and w not in LITTLE_WORDS))
