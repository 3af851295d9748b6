"""What the region calls itself: from the settings, in the reader's language."""

from django.conf import settings
from django.utils.translation import get_language


def committee_name() -> str:
    return settings.REGION[f"committee_{_language()}"]


def region_name() -> str:
    return settings.REGION[f"name_{_language()}"]


def home_country() -> str:
    """ISO 3166-1 code of the country that the region lies in."""
    return settings.REGION["country"]


def _language() -> str:
    return "en" if get_language() == "en" else "sv"
