from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST_DEPTH = 20


class ShallowJSONParser(JSONParser):
    """JSON that is no deeper than anything the API asks for.

    What is deeper would end in a RecursionError: here, or in whatever walks through it later.
    """

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise too_deep() from error
        if not _fits(data, MOST_DEPTH):
            raise too_deep()
        return data


def too_deep() -> ParseError:
    return ParseError(_("The JSON is nested deeper than %(most)s levels.") % {"most": MOST_DEPTH})


def _fits(value, depth: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    parts = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_fits(part, depth - 1) for part in parts)
