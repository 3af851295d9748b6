"""The staff's overview: the balance of all agreements, and what is late."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.balance import SIDES, Balance, counted_balance, live
from agreements.balancechart import Pair, years_chart
from agreements.filters import LedgerFilter
from agreements.models import Agreement, Commitment
from portal.cases.querysets import without_barred
from portal.core.keyset import InvalidCursor, Page, keyset_page
from portal.core.models import Perspective
from portal.core.views import FilteredPage

MOST_LATE, PAGE = 20, 50


@dataclass(frozen=True)
class PerspectiveRow:
    perspective: Perspective
    ours: Pair
    theirs: Pair


def perspective_rows(balance: Balance) -> list[PerspectiveRow]:
    return [
        PerspectiveRow(
            one,
            *(Pair(balance.serving[side][one.pk], balance.kept[side][one.pk]) for side in SIDES),
        )
        for one in Perspective.objects.all()
    ]


class Overview(PermissionRequiredMixin, FilteredPage):
    """All commitments of signed versions, internal ones too: for staff only."""

    permission_required = "agreements.view_agreement"
    filterset_class = LedgerFilter
    template_name = "agreements/overview.html"
    offered = ("q", "perspective", "year")

    def get_queryset(self):
        return Commitment.objects.of_signed_versions()

    def answer(self):
        today = timezone.localdate()
        commitments = Commitment.objects.none() if self.problems else self.filterset.qs
        commitments = without_barred(commitments, self.request.user, "agreement__case")
        balance = counted_balance(commitments, today)
        return {
            "totals": [
                (_("We"), balance.total("ours")),
                (_("Our partners"), balance.total("theirs")),
            ],
            "chart": years_chart(balance),
            "serving": perspective_rows(balance),
            "late": self._late(commitments, today),
            "page": self._page(commitments, today),
            "chosen_agreement": self.filterset.form.cleaned_data.get("agreement"),
        }

    def _late(self, commitments, on):
        late = commitments.late(on).longest_awaited_first()
        return late.select_related("agreement", "party__partner")[:MOST_LATE]

    def _page(self, commitments, on) -> Page:
        """A page of agreements, each with what its sides' commitments stand at."""
        agreements = Agreement.objects.most_late_first(commitments, on)
        try:
            page = keyset_page(agreements, self.request.GET.get("cursor"), PAGE)
        except InvalidCursor as error:
            self.problems["cursor"] = error.messages
            return Page([], None, None)
        counted: dict[tuple, Counter] = defaultdict(Counter)
        for agreement, side, state, count in commitments.of(page.items).by_agreement():
            counted[agreement, side][state] = count
        for agreement in page.items:
            states = [counted[agreement.pk, side] for side in SIDES]
            agreement.numbers = [number for one in states for number in (live(one), one["done"])]
        return page
