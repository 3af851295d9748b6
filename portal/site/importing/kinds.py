"""What can be imported: the columns of a row, which object it means, and how it is written."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementParty, AgreementVersion, Commitment
from agreements.workflow import VersionState
from networks.models import Membership
from partners.models import PartnerContact, PartnerExchange
from portal.cases.models import Case
from portal.core.dates import PartialDateField, last_day, partial_date
from portal.core.money import MoneyFormField, format_money
from portal.core.publishing import OwnAddress
from portal.site.importing.fields import (
    FoundField,
    LabelledChoiceField,
    ManyField,
    YesNoField,
    network_field,
    own_body_field,
    partner_field,
    perspectives_field,
)


class Kind(ABC):
    """One kind of row. `form` names the columns; its labels are the headings."""

    slug: str
    title: str | Promise
    permission: str
    form: type[forms.Form]

    @abstractmethod
    def find(self, row: dict[str, Any]) -> models.Model | None:
        """The object that the row means, or None where it is new."""

    @abstractmethod
    def told(self, found) -> dict[str, str]:
        """What the object holds now, as text, by the row's columns; those left out are its key."""

    @abstractmethod
    def write(self, row: dict[str, Any], found, *, by, at) -> None:
        """Make or change the object. Raises ValidationError."""

    def agreement(self, row: dict[str, Any], found) -> Agreement | None:
        """Of whose case the row is, where it is of one: the barred neither read nor change it."""
        return None

    def name(self, row: dict[str, Any]) -> str:
        """How a line of the preview calls the row."""
        return str(next(iter(row.values())))


def save(item: models.Model, values: dict[str, Any]) -> models.Model:
    for name, value in values.items():
        setattr(item, name, value)
    item.full_clean()
    item.save()
    return item


class ContactRow(forms.Form):
    partner = partner_field()
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.CharField(label=_("Role"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class Contacts(Kind):
    slug, title = "contacts", _("Contact persons")
    permission, form = "partners.add_partnercontact", ContactRow

    def find(self, row):
        return PartnerContact.objects.filter(partner=row["partner"], name=row["name"]).first()

    def told(self, found):
        return {name: getattr(found, name) for name in ("role", "email", "phone")}

    def write(self, row, found, *, by, at):
        save(found or PartnerContact(), row)

    def name(self, row):
        return f"{row['name']}, {row['partner']}"


class MembershipRow(forms.Form):
    network = network_field()
    held_by = own_body_field(label=_("Held by"), required=False)
    start = forms.DateField(label=_("From"), required=False)
    end = forms.DateField(label=_("To"), required=False)
    notice_on = forms.DateField(label=_("Last day to give notice"), required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2999, required=False)
    fee = MoneyFormField(label=_("Fee"), required=False)
    source = forms.CharField(label=_("Source or decision"), max_length=500)

    def clean(self):
        row = super().clean()
        if "fee" in row and "year" in row and (row["fee"] is None) != (row["year"] is None):
            raise ValidationError(_now("A fee needs its year, and a year its fee."))
        return row


class Memberships(Kind):
    slug, title = "memberships", _("Memberships")
    permission, form = "networks.add_membership", MembershipRow

    def find(self, row):
        rows = Membership.objects.filter(network=row["network"], body=row["held_by"])
        found = rows.filter(start=row["start"]).first()
        if found:
            # The row speaks of one year's fee: that is what it is compared with.
            found.told_fee = found.fees.filter(year=row["year"]).first()
        return found

    def told(self, found):
        fee = found.told_fee
        return {
            "end": _text(found.end),
            "notice_on": _text(found.notice_on),
            "year": _text(fee and fee.year),
            "fee": format_money(fee.amount) if fee else "",
            "source": found.source,
        }

    def write(self, row, found, *, by, at):
        values = {name: row[name] for name in ("network", "start", "end", "notice_on", "source")}
        membership = save(found or Membership(), {**values, "body": row["held_by"]})
        if row["year"]:
            membership.fees.update_or_create(year=row["year"], defaults={"amount": row["fee"]})


class AgreementRow(forms.Form):
    slug = forms.SlugField(label=_("Address"), max_length=50, validators=[OwnAddress("agreement")])
    kind = LabelledChoiceField(label=_("Kind"), choices=Agreement.Kind.choices)
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    parties = ManyField(each=partner_field(), label=_("Parties"))
    signed = PartialDateField(label=_("Signed"))
    valid_until = PartialDateField(label=_("Valid until"), required=False)
    source = forms.CharField(label=_("Source of the facts"), max_length=500)

    def clean(self):
        row = super().clean()
        signed, until = row.get("signed", (None, ""))[0], row.get("valid_until", (None, ""))
        if signed and until[0] and last_day(*until) < signed:
            self.add_error("valid_until", _now("It ends before it was signed."))
        return row


class Agreements(Kind):
    """Agreements that have been signed outside the portal; they come in as drafts."""

    slug, title = "agreements", _("Agreements")
    permission, form = "agreements.add_agreement", AgreementRow

    def find(self, row):
        return Agreement.objects.filter(slug=row["slug"]).first()

    def agreement(self, row, found):
        return found

    def told(self, found):
        versions = list(found.versions.signed())
        first, last = (versions[0], versions[-1]) if versions else (None, None)
        parties = [str(p.partner) for p in found.parties.select_related("partner") if p.partner]
        return {
            "kind": found.get_kind_display(),
            "title_sv": found.title_sv or "",
            "title_en": found.title_en or "",
            "parties": "; ".join(parties),
            "signed": first.signed_text if first else "",
            "valid_until": last.until_text if last else "",
            "source": found.source,
        }

    def write(self, row, found, *, by, at):
        facts = {name: row[name] for name in ("slug", "kind", "title_sv", "title_en", "source")}
        if found is None:
            self._begin(row, facts, by=by, at=at)
        elif self.told(found) != {name: shown(self, row)[name] for name in self.told(found)}:
            raise ValidationError(
                _now("The agreement stands already, otherwise than here. Change it by hand.")
            )

    def _begin(self, row, facts, *, by, at) -> None:
        case = Case.objects.begin(Case.Kind.AGREEMENT, row["title_sv"], by=by, at=at)
        agreement = save(Agreement(case=case), facts)
        AgreementParty.objects.create(agreement=agreement, language="sv")
        for partner in row["parties"]:
            AgreementParty.objects.create(agreement=agreement, partner=partner)
        (signed, precision), (until, until_precision) = row["signed"], row["valid_until"]
        version = AgreementVersion(
            agreement=agreement, kind=AgreementVersion.Kind.ORIGINAL, state=VersionState.SIGNED
        )
        ending = {"valid_until": last_day(until, until_precision)} if until else {}
        ending |= {"until_precision": until_precision} if until else {}
        save(version, {"signed_on": signed, "signed_precision": precision, **ending})
        agreement.follow_versions()  # type: ignore[attr-defined]


class CommitmentRow(forms.Form):
    agreement = FoundField(
        rows=Agreement.objects.all, names=("slug", "title_sv", "title_en"), label=_("Agreement")
    )
    party = partner_field(required=False, help_text=_("Empty: the committee itself."))
    text_sv = forms.CharField(label=_("Undertakes to, in Swedish"), max_length=1000)
    text_en = forms.CharField(label=_("Undertakes to, in English"), max_length=1000, required=False)
    exchange = LabelledChoiceField(
        label=_("Form of exchange"), choices=PartnerExchange.Form.choices, required=False
    )
    due_on = forms.DateField(label=_("To be done by"), required=False)
    rhythm = LabelledChoiceField(
        label=_("How often"), choices=Commitment.Rhythm.choices, required=False
    )
    perspectives = perspectives_field(required=False)
    public = YesNoField(label=_("Public"), required=False)

    def clean(self):
        row = super().clean()
        agreement = row.get("agreement")
        if agreement and "party" in row:
            self._find_party(row, agreement)
            row["version"] = AgreementVersion.objects.filter(agreement=agreement).last()
            if row["version"] is None or row["version"].is_kept:
                self.add_error(
                    "agreement",
                    _now("Its terms have been confirmed here, or it has none: use its own page."),
                )
        return row

    def _find_party(self, row, agreement) -> None:
        parties = AgreementParty.objects.filter(agreement=agreement, partner=row["party"])
        party = parties.first()
        if party is None:
            self.add_error("party", _now("That is no party of the agreement."))
        row["party"] = party


class Commitments(Kind):
    slug, title = "commitments", _("Commitments")
    permission, form = "agreements.add_commitment", CommitmentRow

    def agreement(self, row, found):
        return row["agreement"]

    def find(self, row):
        rows = Commitment.objects.filter(version=row["version"], party=row["party"])
        return rows.filter(text_sv=row["text_sv"]).first()

    def told(self, found):
        return {
            "text_en": found.text_en or "",
            "exchange": found.get_exchange_display(),
            "due_on": _text(found.due_on),
            "rhythm": found.get_rhythm_display(),
            "perspectives": "; ".join(map(str, found.perspectives.all())),
            "public": _yes_or_no(found.is_public),
        }

    def write(self, row, found, *, by, at):
        names = ("agreement", "version", "party", "text_sv", "text_en", "exchange", "due_on")
        values = {name: row[name] for name in names}
        rhythm = row["rhythm"] or Commitment.Rhythm.ONCE
        commitment = save(
            found or Commitment(), {**values, "rhythm": rhythm, "is_public": row["public"]}
        )
        claims = Commitment.perspectives.through.objects
        claims.filter(commitment=commitment).delete()
        claims.bulk_create(
            claims.model(commitment=commitment, perspective=one) for one in row["perspectives"]
        )

    def name(self, row):
        return f"{row['agreement']}: {row['text_sv']}"


KINDS: dict[str, Kind] = {
    kind.slug: kind for kind in (Agreements(), Commitments(), Memberships(), Contacts())
}


def shown(kind: Kind, row: dict[str, Any]) -> dict[str, str]:
    """A checked row as text, by column."""
    fields = kind.form.base_fields
    return {name: _shown(field, row.get(name)) for name, field in fields.items()}


def _shown(field, value) -> str:
    if isinstance(field, PartialDateField):
        return partial_date(*value) if value and value[0] else ""
    if isinstance(field, YesNoField):
        return _yes_or_no(value)
    if isinstance(field, MoneyFormField):
        return format_money(value) if value is not None else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value or ""))  # type: ignore[arg-type]
    if isinstance(field, ManyField):
        return "; ".join(map(str, value or []))
    return _text(value)


def _text(value) -> str:
    return "" if value is None else str(value)


def _yes_or_no(value) -> str:
    return _now("yes") if value else _now("no")
