from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.committee.models import Decision, Notice
from portal.core.dates import start_of
from portal.core.feeds import LATEST, SiteFeed
from portal.core.money import format_money
from portal.core.region import committee_name


class NoticeFeed(SiteFeed):
    """What is on the notice board today."""

    def title(self):
        return _("Notice board of %(committee)s") % {"committee": committee_name()}

    def items(self):
        notices = Notice.objects.up(timezone.localdate()).with_what_is_announced()
        return notices.order_by("-announced_on", "-pk")

    def item_description(self, notice):
        told = _("Can be appealed until %(day)s. The minutes are kept here: %(where)s.")
        day = date_format(notice.appeal_ends_on, "j F Y")
        return told % {"day": day, "where": notice.where}

    def item_pubdate(self, notice):
        return start_of(notice.announced_on)

    item_updateddate = item_pubdate


class DecisionFeed(SiteFeed):
    """The latest decisions."""

    def title(self):
        return _("Decisions of %(committee)s") % {"committee": committee_name()}

    def items(self):
        decisions = Decision.objects.public().latest_first()
        return decisions.select_related("proposal__case")[:LATEST]

    def item_description(self, decision):
        return ", ".join(filter(None, [decision.public_matter, format_money(decision.amount)]))

    def item_pubdate(self, decision):
        return start_of(decision.decided_on)

    def item_updateddate(self, decision):
        return decision.recorded_at
