"""What rows with a period or a working group must agree on, in words for the form that asks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_period(row, first: str = "start", last: str = "end") -> None:
    """The database holds it, too; here it gets its words."""
    start, end = getattr(row, first), getattr(row, last)
    if start and end and end < start:
        raise ValidationError({last: _("The last day lies before the first.")})


def check_group(row) -> None:
    """A group belongs to one network."""
    if row.group and row.network_id and row.group.network_id != row.network_id:
        raise ValidationError({"group": _("This group belongs to another network.")})
