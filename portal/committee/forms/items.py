"""What the secretary fills in while an item is handled."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.committee.forms.decisions import outcome_fields
from portal.committee.forms.pages import PageForm, PersonField
from portal.committee.models import Statement, Vote
from portal.committee.models.decisions import UNCONDITIONAL
from portal.committee.wording import decision_text
from portal.committee.workflow import Outcome
from portal.core.money import parse_money
from portal.core.widgets import Paragraphs


def paragraphs(rows: int) -> Paragraphs:
    return Paragraphs(attrs={"rows": rows, "cols": False})


class ItemForm(PageForm):
    """`serving` are those who decide the item now."""

    def __init__(self, *args, serving=(), proposals=(), **kwargs):
        self.serving, self.proposals = list(serving), list(proposals)
        super().__init__(*args, **kwargs)


class LeaveForm(ItemForm):
    do = "leave"
    done = _("It is noted who has left.")
    attendance = PersonField(label=_("Who leaves"))
    replaced_by = PersonField(label=_("Who steps in"), required=False)

    def build(self):
        self.fields["attendance"].among(self.serving)
        free = [one for one in self.people if one.is_present and one not in self.serving]
        self.fields["replaced_by"].among(free, empty=_now("nobody"))


class ComeBack(ItemForm):
    do = "come_back"
    done = _("It is noted who has come back.")
    attendance = PersonField()

    def build(self):
        self.fields["attendance"].among(self.people)


class SayForm(ItemForm):
    do = "say"
    done = _("It is noted for the minutes.")
    attendance = PersonField(label=_("Who"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Statement.Kind.choices)
    text = forms.CharField(label=_("What is said"), max_length=3000, widget=paragraphs(4))

    def build(self):
        self.fields["attendance"].among(one for one in self.people if one.is_present)


class VoteForm(ItemForm):
    do = "vote"
    done = _("The vote is noted.")
    question = forms.CharField(
        label=_("What is voted on"), max_length=300,
        help_text=_("What yes means, and what no means."),
    )  # fmt: skip

    def build(self):
        for one in self.serving:
            self.fields[f"ballot_{one.pk}"] = forms.ChoiceField(
                label=str(one), choices=Vote.Choice.choices, widget=forms.RadioSelect
            )

    @property
    def ballots(self):
        return [self[f"ballot_{one.pk}"] for one in self.serving]

    def arguments(self):
        given = self.cleaned_data
        ballots = {one: given[f"ballot_{one.pk}"] for one in self.serving}
        return {"question": given["question"], "ballots": ballots}


class DecideForm(ItemForm):
    """The text, and the outcome of each proposal in it."""

    do = "decide"
    done = _("The decision is recorded.")
    text = forms.CharField(
        label=_("The decision"), max_length=5000, widget=paragraphs(6),
        help_text=_("As it stands in the minutes."),
    )  # fmt: skip

    def build(self):
        for one in self.proposals:
            number = f", {one.case.number}" if len(self.proposals) > 1 else ""
            for name, field in outcome_fields(one.purpose).items():
                field.label = f"{field.label}{number}"
                field.initial = getattr(one, name)
                self.fields[f"{name}_{one.pk}"] = field
        self.fields["text"].initial = decision_text(
            self.obj, [(one, one.outcome, one.amount) for one in self.proposals]
        )

    @property
    def rows(self):
        """(proposal, its fields) in the order of the cases."""
        for one in self.proposals:
            yield one, [self[name] for name in self.fields if name.endswith(f"_{one.pk}")]

    def clean(self):
        given = super().clean()
        for one in self.proposals:
            amount = f"amount_{one.pk}"
            outcome = given.get(f"outcome_{one.pk}")
            is_granted = outcome == Outcome.GRANTED
            if is_granted and amount in given and given[amount] is None:
                self.add_error(amount, _now("Say how much is granted."))
            if outcome and not is_granted and given.get(f"conditions_{one.pk}"):
                self.add_error(f"conditions_{one.pk}", UNCONDITIONAL)
        return given

    def written(self) -> dict:
        """All that is typed, with the text in the words of its outcomes; nothing is asked of it."""
        outcomes = []
        for one in self.proposals:
            outcome = self._typed(f"outcome_{one.pk}")
            outcome = outcome if outcome in Outcome.values else one.outcome
            outcomes.append((one, outcome, self._typed_amount(one)))
        typed = {name: self._typed(name) for name in self.fields}
        return {**typed, "text": decision_text(self.obj, outcomes)}

    def _typed(self, name: str) -> str:
        return self.data.get(self.add_prefix(name)) or ""

    def _typed_amount(self, proposal):
        try:
            return parse_money(self._typed(f"amount_{proposal.pk}"))
        except forms.ValidationError:
            return None

    def arguments(self):
        given = self.cleaned_data
        return {
            "text": given["text"],
            "outcomes": {
                one: {
                    "outcome": given[f"outcome_{one.pk}"],
                    "amount": given.get(f"amount_{one.pk}"),
                    "conditions": given.get(f"conditions_{one.pk}", ""),
                    "reasons": given[f"reasons_{one.pk}"],
                }
                for one in self.proposals
            },
        }


class PutOff(ItemForm):
    do = "put_off"
    done = _("It is put off to a later meeting.")
    text = forms.CharField(
        label=_("What is decided about it"), max_length=5000, required=False,
        widget=paragraphs(3), help_text=_("Empty: the matter is put off."),
    )  # fmt: skip


AT_AN_ITEM = (LeaveForm, ComeBack, SayForm, VoteForm, DecideForm, PutOff)
