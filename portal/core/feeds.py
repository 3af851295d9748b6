from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

LATEST = 20


class SiteFeed(Feed):
    """The latest of something, in the language of the address. Links come from SITE_URL only."""

    feed_type = Atom1Feed

    def link(self):
        return settings.SITE_URL

    def item_title(self, item):
        return str(item)

    def item_link(self, item):
        return settings.SITE_URL + item.get_absolute_url()
