from django.utils.translation import gettext as _

from networks.models import Briefing
from portal.core.feeds import LATEST, SiteFeed


class BriefingFeed(SiteFeed):
    """The latest briefings."""

    def title(self):
        return _("Briefings on culture policy from Mötesplats")

    def items(self):
        return Briefing.objects.public().latest_first()[:LATEST]

    def item_description(self, briefing):
        return briefing.intro

    def item_pubdate(self, briefing):
        return briefing.published_at

    def item_updateddate(self, briefing):
        return briefing.updated_at
