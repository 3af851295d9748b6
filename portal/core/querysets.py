import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language


def in_readers_language(text: str, *or_else: str) -> Coalesce:
    """Expression for rows without models: a translated text in the reader's language, or where
    it has none in the other; then what these columns hold.
    """
    languages = ("en", "sv") if get_language() == "en" else ("sv", "en")
    said = [NullIf(F(f"{text}_{code}"), Value("")) for code in languages]
    return Coalesce(*said, *or_else, Value(""), output_field=TextField())


def count_each(querysets: list) -> list[int]:
    """How many rows each of them holds, in one query (its text is Django's own)."""
    counts, given = [], []
    for rows in querysets:
        try:
            selected, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            counts.append("0")
            continue
        counts.append(f"(SELECT COUNT(*) FROM ({selected}) AS q{len(counts)})")  # noqa: S608
        given += params
    if not counts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", given)
        return list(cursor.fetchone())


# How long an invitation to an organisation can be answered.
INVITED_FOR = timedelta(days=14)


class EuMembershipQuerySet(models.QuerySet):
    def at(self, day):
        """The memberships in force on a day; `day` may be a date or a reference to one."""
        return self.filter(Q(end=None) | Q(end__gte=day), start__lte=day)

    def covering(self, country: str, day) -> Exists:
        """Expression: the country in this column was a member on a day.

        `day` is a date, or the name of a date column.
        """
        when = OuterRef(day) if isinstance(day, str) else day
        return Exists(self.at(when).filter(country=OuterRef(country)))

    def includes(self, country: str, day) -> bool:
        return self.at(day).filter(country=country).exists()


class MailQuerySet(models.QuerySet):
    def waiting(self, after: int = 0):
        """Unsent mail in the order it was written; `after` is the last one already tried."""
        return self.filter(sent_at=None, pk__gt=after).order_by("pk")

    def claim(self, pk):
        """The mail, held until it has been sent; None where another worker has or had it."""
        return self.waiting().select_for_update(skip_locked=True).filter(pk=pk).first()


class OrganisationQuerySet(models.QuerySet):
    def of(self, user):
        """The organisations a person may act for."""
        return self.filter(members__user=user)

    def managed_by(self, user):
        return self.filter(members__user=user, members__role="manager")


class OrganisationInvitationQuerySet(models.QuerySet):
    def open(self, at):
        """Not answered, and not too old to be."""
        return self.filter(answered_at=None, invited_at__gt=at - INVITED_FOR)

    def with_token(self, token: str):
        return self.filter(digest=digest_of(token))


class ApiTokenQuerySet(models.QuerySet):
    def issue(self, *, user, scope, at) -> str:
        """Make a token and return its key, which cannot be read again."""
        key = secrets.token_urlsafe(32)
        self.create(user=user, scope=scope, digest=digest_of(key), created_at=at)
        return key

    def with_key(self, key: str):
        return self.filter(digest=digest_of(key))


def digest_of(key: str) -> str:
    """The key is long and random, so that a plain hash keeps it."""
    return hashlib.sha256(key.encode()).hexdigest()
