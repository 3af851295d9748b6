"""The ranked packet of a call: what officers plan for each application, before they propose it.

The plan is the officers' own; nothing of it holds until it is proposed. It stands beside what is
proposed and decided already, against the budget of the year.
"""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants import parts
from grants.models.applications import Application
from grants.models.calls import Call
from grants.querysets import PacketRowQuerySet
from grants.workflow import ApplicationState
from portal.cases.models import Case
from portal.committee.models.decisions import UNCONDITIONAL
from portal.committee.workflow import Outcome
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.money import MoneyField, format_money, validate_positive
from portal.core.workflow import StaleVersion, WrongState, lock

OUTCOMES = [(one.value, one.label) for one in (Outcome.GRANTED, Outcome.REJECTED)]
PLANNED = ("outcome", "amount", "conditions", "reasons")


class PacketRowManager(models.Manager.from_queryset(PacketRowQuerySet)):
    @transaction.atomic
    def write(self, application: Application, *, by, at, seen: int, **planned) -> PacketRow:
        """Keep what is planned for one application: `PLANNED`. Raises StaleVersion where the plan
        that was read, `seen`, is not the one that stands; the same again changes nothing.
        """
        application = lock(application)
        if not by.has_perm("grants.handle_application", application):
            raise PermissionDenied
        if application.state != ApplicationState.UNDER_ASSESSMENT:
            raise WrongState(_now("The application is not under assessment now."))
        row = self.filter(application=application).first() or self.model(application=application)
        if row.planned == planned:
            return row
        if row.version != seen:
            raise StaleVersion
        for name, value in planned.items():
            setattr(row, name, value)
        row.version += 1
        row.changed_by, row.changed_at = by, at
        row.check_planned()
        row.save()
        return row

    @transaction.atomic
    def arrange(self, call: Call, order: list[int], *, by) -> None:
        """All that can be ranked in the call, by their keys, in this order from now on."""
        call = lock(call)
        check_plans(by, call)
        self.bulk_create(
            [self.model(application_id=pk, rank=rank) for rank, pk in enumerate(order, 1)],
            update_conflicts=True, unique_fields=["application"], update_fields=["rank"],
        )  # fmt: skip

    @transaction.atomic
    def forget_order(self, call: Call, *, by) -> None:
        """Back to the order of the assessments."""
        call = lock(call)
        check_plans(by, call)
        self.filter(application__call=call).update(rank=None)

    @transaction.atomic
    def propose(self, call: Call, *, by, at, seen: str) -> int:
        """Make a proposal of each application that is planned, all of them or none; how many.

        Raises StaleVersion where the packet is not what was read, BudgetExceeded where the budget
        cannot carry it, and ValidationError with what each application is refused for.
        """
        check_plans(by, call)
        planned = self.of_call(call, by).planned()
        cases = planned.values("application__case")
        # In one order for all, and before the budget: as decisions take them.
        list(Case.objects.select_for_update(no_key=True).filter(pk__in=cases).order_by("pk"))
        rows = list(planned.with_application().by_rank())
        if mark_of((row.application_id, row.version) for row in rows) != seen:
            raise StaleVersion
        if not rows:
            raise ValidationError(_now("Choose an outcome for an application first."))
        asked = sum((row.amount for row in rows if row.is_granting and row.amount), Decimal(0))
        if asked:
            call.budget().carry(asked, by=by)
        refused = [text for row in rows for text in row.propose(by=by, at=at)]
        if refused:
            raise ValidationError(refused)
        return len(rows)


class PacketRow(models.Model):
    """What is planned for one application. Without an outcome it is not in the packet yet."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="plan")
    rank = models.PositiveIntegerField(_("rank"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=OUTCOMES, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True, validators=[validate_positive])
    conditions = models.TextField(_("conditions"), max_length=5000, blank=True)
    reasons = models.TextField(_("reasons"), max_length=5000, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField(null=True)

    objects = PacketRowManager()

    class Meta:
        ordering = ["rank", "pk"]
        verbose_name = _("planned proposal")
        verbose_name_plural = _("planned proposals")
        constraints = [
            Check(
                name="planned_amount_positive",
                condition=Q(amount=None) | Q(amount__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
            models.CheckConstraint(
                name="planned_outcome_can_be_proposed",
                condition=Q(outcome__in=["", "granted", "rejected"]),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.get_outcome_display()}"

    @property
    def planned(self) -> dict:
        return {name: getattr(self, name) for name in PLANNED}

    @property
    def is_granting(self) -> bool:
        return self.outcome == Outcome.GRANTED

    def check_planned(self) -> None:
        """What the fields, and the application, ask of a plan; the rest is the database's."""
        self.clean_fields(exclude={one.name for one in self._meta.fields} - set(PLANNED))
        most = self.application.amount
        if self.amount is not None and most is not None and self.amount > most:
            told = _now("At most what was applied for: %(amount)s.")
            raise ValidationError({"amount": told % {"amount": format_money(most)}})
        if self.conditions and self.outcome == Outcome.REJECTED:
            raise ValidationError({"conditions": UNCONDITIONAL})

    def propose(self, *, by, at) -> list[str]:
        """Make it a proposal; what it is refused for, with the application's name."""
        application = self.application
        amount = self.amount if self.is_granting else None
        given = {"outcome": self.outcome, "conditions": self.conditions, "reasons": self.reasons}
        try:
            if not self.reasons:
                raise ValidationError(_now("Write the reasons for the decision."))
            application.propose(by=by, at=at, amount=amount, **given)
        except (ValidationError, WrongState) as error:
            texts = getattr(error, "messages", None) or [str(error)]
            return [f"{application.case.number} {application}: {text}" for text in texts]
        return []


def mark_of(versions) -> str:
    """Of a packet, from the (application, version) of what is planned: changes when anything of it
    does.
    """
    return parts.seen(" ".join(f"{pk}:{version}" for pk, version in sorted(versions)))


def check_plans(by, call: Call) -> None:
    if not by.has_perm("grants.plan_packet", call):
        raise PermissionDenied
