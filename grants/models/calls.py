"""Calls (utlysningar): the rounds of schemes."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from grants.models.budgets import SchemeBudget
from grants.models.schemes import Scheme
from grants.querysets import CallQuerySet
from grants.workflow import CALL, CallState
from portal.committee.models import Packet
from portal.core.constraints import Check
from portal.core.workflow import RecordedInHistory, verb

# Of an item on an agenda.
LONGEST_HEADING = 200


class Call(RecordedInHistory, models.Model):
    """A round of a scheme, with its instants and texts; the public reads both as one."""

    scheme = models.ForeignKey(
        Scheme, models.PROTECT, verbose_name=_("scheme"), related_name="calls"
    )
    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(
        _("round"), max_length=80, help_text=_("For example “Spring 2027”."), db_collation="sv"
    )
    text = models.TextField(_("text of the round"), max_length=5000, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CallState.choices,
        default=CallState.DRAFT,
        editable=False,
        db_index=True,
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), db_index=True)
    assess_by = models.DateField(
        _("last day to assess"), null=True, blank=True,
        help_text=_("What the assessors are told; those who have not sent by then are late."),
    )  # fmt: skip
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    workflow = CALL
    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            Check(
                name="call_closes_after_opening",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The call must close after it opens."),
            )
        ]

    def __str__(self):
        return f"{self.scheme}, {self.name}"

    def get_absolute_url(self):
        return reverse("call", args=[self.slug])

    def is_open(self, at) -> bool:
        return self.state == CallState.PUBLISHED and self.opens_at <= at < self.closes_at

    def check_open(self, at) -> None:
        """Raise ValidationError where nothing can be begun, saved or submitted any more, or yet."""
        if at < self.opens_at:
            raise ValidationError(_now("The call has not opened yet."), "not_open")
        if not self.is_open(at):
            raise ValidationError(
                _now("The call has closed. What you had saved is kept, but cannot be submitted."),
                "closed",
            )

    def budget(self) -> SchemeBudget:
        """The budget that the call's awards are committed to."""
        budgets = SchemeBudget.objects.filter(scheme=self.scheme_id, year=self.budget_year)
        budget = budgets.first()
        if budget is None:
            raise ValidationError(
                _now("Propose the scheme's budget of %(year)s first.") % {"year": self.budget_year}
            )
        return budget

    def packet_of_proposals(self) -> CallPacket:
        """Where its proposals stand together, for the agenda. The heading is in the language of
        the house.
        """
        with override(settings.LANGUAGE_CODE):
            given = {"title": Truncator(self).chars(LONGEST_HEADING)}
        return CallPacket.objects.get_or_create(call=self, defaults=given)[0]

    def standing(self, at) -> str:
        """What the public reads: coming, open, closed or decided."""
        if self.state != CallState.PUBLISHED:
            return self.get_state_display()
        if at < self.opens_at:
            return _now("Coming")
        return _now("Open") if self.is_open(at) else _now("Closed")

    @property
    def form_in_force(self):
        """The version of the questions that a new application answers; None without any."""
        return self.forms.published().first()

    def begin_form(self, *, by):
        """The first version of its questions, to be built; one that is begun is given back."""
        if not by.has_perm("grants.change_call", self):
            raise PermissionDenied
        form, _new = self.forms.get_or_create(published_at=None, defaults={"number": 1})
        return form

    def set_assess_by(self, day, *, by, at) -> None:
        """The last day that the call's assessors are told; None: no day."""
        if not by.has_perm("grants.assign", self):
            raise PermissionDenied
        self.assess_by = day
        self._history_user, self._history_date = by, at
        self.save(update_fields=["assess_by", "updated_at"])

    @verb
    def publish(self, *, by, at):
        """Its questions become public with it; a version that is begun later waits for its own."""
        self.budget().check_confirmed()
        for form in self.forms.in_work():
            if form.all_questions():
                form.publish(by=by, at=at)
            else:
                form.delete()
        if not self.scheme.is_public:
            raise ValidationError(_now("Publish the scheme first."))

    @verb
    def unpublish(self, *, by, at):
        if self.applications.exists():
            raise ValidationError(_now("Applications have been begun: the call must stay public."))

    @verb
    def mark_decided(self, *, by, at):
        if self.applications.undecided().exists() or self.is_open(at):
            raise ValidationError(_now("Applications of the call still await their decision."))

    @verb
    def archive(self, *, by, at):
        """The round leaves the public lists; its awards stay in the register."""


class CallPacket(Packet):
    """The packet of all that is proposed in a call."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="packet", editable=False)

    class Meta:
        verbose_name = _("packet of a call")
        verbose_name_plural = _("packets of calls")
