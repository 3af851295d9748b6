from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from networks.models import Briefing

LATEST = 20


class BriefingFeed(Feed):
    """The latest briefings, in the language of the address. Links come from SITE_URL only."""

    feed_type = Atom1Feed

    def title(self):
        return _("Briefings on culture policy from Mötesplats")

    def link(self):
        return settings.SITE_URL

    def items(self):
        return Briefing.objects.public().latest_first()[:LATEST]

    def item_title(self, briefing):
        return briefing.title

    def item_description(self, briefing):
        return briefing.intro

    def item_link(self, briefing):
        return settings.SITE_URL + briefing.get_absolute_url()

    def item_pubdate(self, briefing):
        return briefing.published_at

    def item_updateddate(self, briefing):
        return briefing.updated_at
