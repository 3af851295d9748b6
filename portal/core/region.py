"""What the region calls itself: from the settings, in the reader's language."""

from django.conf import settings
from django.utils.translation import get_language


def committee_name() -> str:
    return settings.REGION[f"committee_{_language()}"]


def region_name() -> str:
    return settings.REGION[f"name_{_language()}"]


def _language() -> str:
    return "en" if get_language() == "en" else "sv"
