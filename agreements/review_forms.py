"""What a party writes in its part of a joint review, by its link or in the admin."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment, Review, ReviewPart
from portal.core.admin_forms import VerbForm
from portal.core.widgets import Paragraphs

LONGEST, LONGEST_ACHIEVED = 3000, 1000
TEXTS = ("went_well", "to_improve", "programme", "author_name", "author_role")


def text(label, rows=6, *, longest=LONGEST, required=False, help_text=""):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=required,
        widget=Paragraphs(attrs={"rows": rows, "cols": False}),
    )


class PartFields(forms.Form):
    """The fields of a part. Commitments are asked for party by party, what was achieved one by
    one of the agreement's perspectives.
    """

    went_well = text(_("What went well"), required=True)
    to_improve = text(_("What we should do better"))
    programme = text(
        _("Next year's programme"), help_text=_("What you would like us to do together next year.")
    )
    author_name = forms.CharField(label=_("Your name"), max_length=120)
    author_role = forms.CharField(label=_("Your role"), max_length=120)

    def prepare(self, review: Review, language: str) -> None:
        """Add the fields that depend on the agreement. Wordings in `language` stand beside ours."""
        self.review = review
        commitments = review.commitments().select_related("party__partner")
        self.commitments = list(commitments.prefetch_related("wordings"))
        self.perspectives = [
            tag.perspective for tag in review.agreement.tags.select_related("perspective")
        ]
        for party in {one.party: None for one in self.commitments}:
            self.fields[f"kept_{party.pk}"] = forms.MultipleChoiceField(
                label=_now("Kept by %(party)s") % {"party": party},
                help_text=_now("Tick what has been kept this year."),
                choices=[
                    (str(one.pk), _worded(one, language))
                    for one in self.commitments
                    if one.party == party
                ],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        for perspective in self.perspectives:
            self.fields[f"achieved_{perspective.slug}"] = text(
                str(perspective), 3, longest=LONGEST_ACHIEVED, help_text=perspective.purpose
            )
        self.order_fields(["went_well", "to_improve", *self.kept_fields, *self.achieved_fields])

    @property
    def kept_fields(self) -> list[str]:
        return [name for name in self.fields if name.startswith("kept_")]

    @property
    def achieved_fields(self) -> list[str]:
        return [f"achieved_{perspective.slug}" for perspective in self.perspectives]

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The form in parts with a heading each."""
        for heading, names in (
            (_now("The year that has been"), ["went_well", "to_improve"]),
            (_now("The commitments"), self.kept_fields),
            (_now("What was achieved for each perspective"), self.achieved_fields),
            (_now("The year to come"), ["programme"]),
            (_now("Who has written this"), ["author_name", "author_role"]),
        ):
            if names:
                yield heading, [self[name] for name in names]

    def written(self) -> dict:
        """What the verb takes."""
        given = self.cleaned_data
        ticked = {key for name in self.kept_fields for key in given.get(name, ())}
        return {
            **{name: given.get(name, "") for name in TEXTS},
            "done": [one for one in self.commitments if str(one.pk) in ticked],
            "achieved": {
                perspective: given[f"achieved_{perspective.slug}"]
                for perspective in self.perspectives
                if given.get(f"achieved_{perspective.slug}")
            },
        }

    def refuse(self, error: ValidationError) -> None:
        """Show what the verb refused; what was typed stays."""
        reasons = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
        for name, reason in reasons.items():
            self.add_error(name if name in self.fields else None, reason)


def _worded(commitment: Commitment, language: str) -> str:
    for wording in commitment.wordings.all():
        if wording.language == language:
            return format_html(
                '<span lang="{}">{}</span> ({})', language, wording.text, commitment.text
            )
    return commitment.text


class PartForm(PartFields):
    """For the party that has the link."""

    def __init__(self, *args, part: ReviewPart, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepare(part.review, part.party.language)


class OwnPartForm(PartFields, VerbForm):
    """For staff, on our own side's behalf. Where several parties are ours, one is chosen."""

    part = forms.ModelChoiceField(None, label=_("Part of"), empty_label=None)

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, obj=obj, **kwargs)
        own = obj.own_parts()
        choices = obj.parts.filter(pk__in=[part.pk for part in own])
        self.fields["part"].queryset = choices.select_related("party__partner")
        self.initial.setdefault("part", own[0] if own else None)
        self.prepare(obj, "sv")
        self.order_fields(["part"])

    def clean(self):
        super().clean()
        if self.errors:
            return self.cleaned_data
        return {"part": self.cleaned_data["part"], **self.written()}


class CloseForm(VerbForm):
    """The summary, and for each perspective what was achieved, in both languages."""

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, obj=obj, **kwargs)
        for code, language in (("sv", _now("Swedish")), ("en", _now("English"))):
            label = _now("Summary for the public (%(language)s)") % {"language": language}
            self.fields[f"summary_{code}"] = text(label, 8, required=True)
        self.tags = list(obj.agreement.tags.select_related("perspective"))
        for tag in self.tags:
            for code, language in (("sv", _now("Swedish")), ("en", _now("English"))):
                label = f"{tag.perspective}: {_now('achieved')} ({language})"
                name = f"achieved_{code}_{tag.perspective.slug}"
                self.fields[name] = text(label, 3, longest=LONGEST_ACHIEVED)

    def clean(self):
        super().clean()
        given = self.cleaned_data
        if self.errors:
            return given
        return {
            "summary_sv": given["summary_sv"],
            "summary_en": given["summary_en"],
            "achieved": {
                tag.perspective: {
                    f"achieved_{code}": given[f"achieved_{code}_{tag.perspective.slug}"]
                    for code in ("sv", "en")
                }
                for tag in self.tags
            },
        }


def drafted_summary(review: Review) -> dict[str, str]:
    """What the closing form suggests: the parties' own words, to be worked on.

    A text stands under the language its party writes in on the pages, so nothing is translated by
    guessing; what an earlier review said stays until it is written anew.
    """
    drafted: dict[str, list[str]] = {}
    for part in review.written_parts():
        code = part.party.addressee.language
        drafted.setdefault(f"summary_{code}", []).append(f"{part}: {part.went_well}")
        for achievement in part.achievements.all():
            name = f"achieved_{code}_{achievement.perspective.slug}"
            drafted.setdefault(name, []).append(achievement.text)
    suggested = {name: "\n\n".join(texts) for name, texts in drafted.items()}
    for tag in review.agreement.tags.select_related("perspective"):
        for code in ("sv", "en"):
            name = f"achieved_{code}_{tag.perspective.slug}"
            suggested.setdefault(name, getattr(tag, f"achieved_{code}") or "")
    return suggested
