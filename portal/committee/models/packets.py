"""Packets: proposals that are put before the committee together, in an order of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.committee.models.decisions import Proposal


class Packet(models.Model):
    """What belongs together, under the heading that it is put on an agenda with."""

    title = models.CharField(_("heading"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("packet")
        verbose_name_plural = _("packets")

    def __str__(self):
        return self.title

    def take(self, proposal: Proposal, rank: int | None = None) -> "PacketPlace":
        """The proposal's place in it; without a rank it stands after those that have one."""
        return self.places.create(proposal=proposal, rank=rank)


class PacketPlace(models.Model):
    packet = models.ForeignKey(Packet, models.PROTECT, related_name="places")
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="place")
    rank = models.PositiveIntegerField(_("rank"), null=True)

    class Meta:
        ordering = ["packet", "rank", "pk"]

    def __str__(self):
        return f"{self.packet}: {self.rank}"
