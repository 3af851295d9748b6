"""How the cells of an imported row are read; what cannot be read is said in words."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.models import Network
from partners.models import Partner
from portal.core.models import Perspective


class FoundField(forms.CharField):
    """Something that is in the portal already, by its address, acronym or name."""

    def __init__(self, *, rows, names, **kwargs):
        self.rows, self.names = rows, names
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        named = Q()
        for name in self.names:
            named |= Q(**{f"{name}__iexact": text})
        found = list(self.rows().filter(named)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            reason = _("More than one is called “%(text)s”: write its address.")
        else:
            reason = _("There is none called “%(text)s”.")
        raise forms.ValidationError(reason, params={"text": text})


def partner_field(**kwargs) -> FoundField:
    return FoundField(
        rows=Partner.objects.all, names=("slug", "name_sv", "name_en"), label=_("Partner"), **kwargs
    )


def own_body_field(**kwargs) -> FoundField:
    return FoundField(
        rows=lambda: Partner.objects.filter(kind=Partner.Kind.OWN_BODY),
        names=("slug", "name_sv", "name_en"),
        **kwargs,
    )


def network_field(**kwargs) -> FoundField:
    return FoundField(
        rows=Network.objects.all, names=("acronym", "slug"), label=_("Network"), **kwargs
    )


class ManyField(forms.CharField):
    """Several, with `;` between them, each read by another field."""

    def __init__(self, *, each: forms.Field, **kwargs):
        self.each = each
        super().__init__(**kwargs)

    def clean(self, value):
        parts = [part.strip() for part in super().clean(value).split(";")]
        return [self.each.clean(part) for part in parts if part]


def perspectives_field(**kwargs) -> ManyField:
    each = FoundField(rows=Perspective.objects.all, names=("slug", "name_sv", "name_en"))
    return ManyField(each=each, label=_("Perspectives"), **kwargs)


class LabelledChoiceField(forms.ChoiceField):
    """A choice by its code or by its words in the reader's language."""

    def to_python(self, value):
        text = super().to_python(value)
        by_words = {str(label).casefold(): code for code, label in self.choices}
        return by_words.get(text.casefold(), text)


class YesNoField(forms.Field):
    def clean(self, value):
        text = str(value or "").strip().casefold()
        if text in {"", "nej", "no", "false", "0"}:
            return False
        if text in {"ja", "yes", "true", "1", "x"}:
            return True
        raise forms.ValidationError(_("Write yes or no."))
