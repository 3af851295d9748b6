from collections.abc import Callable

from django.urls import reverse


def addresses(route: str) -> Callable[[object], str]:
    """The address of each of a route's items by its key, in the active language.

    Looked up once: a page may name thousands of them.
    """
    before, after = reverse(route, args=["0"]).rsplit("0", 1)
    return lambda key: f"{before}{key}{after}"
