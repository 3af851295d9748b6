"""What every public list can be filtered by, on its page and in the API alike."""

from datetime import UTC, datetime

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters.fields import IsoDateTimeField, ModelMultipleChoiceField

from portal.core.countries import country_choices, country_name
from portal.core.middleware import is_storable
from portal.core.models import LineOfWork, Perspective, StrategyGoal
from portal.core.strategy import PerspectiveTag

MOST_TEXT = 200


# Each word is looked for in each column of every row.
MOST_WORDS = 8


class TextField(forms.CharField):
    """Search text; what no database row can hold is refused."""

    def validate(self, value):
        super().validate(value)
        if not is_storable(value):
            raise forms.ValidationError(_("The text holds a character that cannot be stored."))
        if len(value.split()) > MOST_WORDS:
            raise forms.ValidationError(
                _("Search for at most %(most)s words."), params={"most": MOST_WORDS}
            )


class TextFilter(django_filters.CharFilter):
    field_class = TextField


class StrictBooleanField(forms.TypedChoiceField):
    """`true` or `false`, and nothing else."""

    def __init__(self, **kwargs):
        kwargs.pop("choices", None)
        super().__init__(
            choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))],
            coerce=lambda value: value == "true",
            empty_value=None,
            **kwargs,
        )


class StrictBooleanFilter(django_filters.Filter):
    field_class = StrictBooleanField


class CountryFilter(django_filters.ChoiceFilter):
    """ISO 3166-1 alpha-2. All codes are valid; a page offers those in use (`used` gives them)."""

    def __init__(self, *args, used=None, **kwargs):
        self.used = used
        super().__init__(*args, choices=country_choices, label=_("Country"), **kwargs)

    @property
    def field(self):
        field = super().field
        if self.used is not None:
            # Asked for when a page draws the field.
            field.widget.choices = CallableChoiceIterator(self.countries_in_use)
        return field

    def countries_in_use(self):
        found = {code: country_name(code) for code in self.used()}
        return [("", _("All")), *sorted(found.items(), key=lambda pair: pair[1])]


class YearFilter(django_filters.Filter):
    """A year in four digits, asked of a date column."""

    field_class = forms.RegexField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("regex", r"\A[12][0-9]{3}\Z")
        kwargs.setdefault("error_messages", {"invalid": _("Write the year with four digits.")})
        super().__init__(*args, lookup_expr="year", **kwargs)


class MomentField(IsoDateTimeField):
    """ISO 8601 in plain digits, within the years that every time zone and engine can hold."""

    earliest, latest = datetime(1900, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
    widget = forms.HiddenInput
    default_error_messages = {
        "invalid": _("Write a moment as 2026-01-31T12:00:00Z, or a day as 2026-01-31.")
    }

    def to_python(self, value):
        if value and not value.isascii():
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        moment = super().to_python(value)
        if moment and not self.earliest <= moment <= self.latest:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return moment


class MomentFilter(django_filters.IsoDateTimeFilter):
    field_class = MomentField


class OrderingFilter(django_filters.ChoiceFilter):
    """One of the list's orderings, each with its column and label; `-` before it turns it round."""

    def __init__(self, **columns: tuple[str, str | Promise]):
        self.columns = {name: column for name, (column, _label) in columns.items()}
        labels = [(name, label) for name, (_column, label) in columns.items()]
        choices = [pair for n, label in labels for pair in ((n, label), (f"-{n}", f"–{label}"))]
        super().__init__(label=_("Order"), choices=choices)

    def filter(self, queryset, value):
        if not value:
            return queryset
        sign = "-" if value.startswith("-") else ""
        return queryset.order_by(f"{sign}{self.columns[value.removeprefix('-')]}", f"{sign}pk")


class AnyOfField(ModelMultipleChoiceField):
    """Several may be chosen; an empty value chooses none, as in every other filter."""

    def clean(self, value):
        return super().clean([chosen for chosen in value or [] if chosen])


class AnyOfFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = AnyOfField


class StrictFilterSet(django_filters.FilterSet):
    """Base of every list's filters: unlisted parameters and values outside their list are errors.

    A subclass names the columns of its text search, and declares its `ordering`.
    """

    search_fields: tuple[str, ...] = ()

    # Parameters that steer the page and not the selection.
    STEERING = frozenset({"cursor", "page_size"})

    q = TextFilter(label=_("Search"), method="search", max_length=MOST_TEXT)
    updated_since = MomentFilter(
        label=_("Updated since"), field_name="updated_at", lookup_expr="gte"
    )

    def search(self, queryset, name, value):
        """Every word somewhere in the row."""
        for word in value.split():
            queryset = queryset.filter(self.holds(word))
        return queryset

    def holds(self, word: str) -> Q:
        found = Q()
        for field in self.search_fields:
            found |= Q(**{f"{field}__icontains": word})
        return found

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        """Why the request cannot be answered, by parameter; empty where it can."""
        problems = {name: list(messages) for name, messages in self.form.errors.items()}
        for name in self.data:
            if name not in self.filters and name not in self.STEERING:
                problems[name] = [_now("“%(name)s” is not a filter of this list.") % {"name": name}]
            elif name != "perspective" and len(self.data.getlist(name)) > 1:
                problems[name] = [_now("Give “%(name)s” once.") % {"name": name}]
        return problems


class PublicFilterSet(StrictFilterSet):
    """Adds what the strategy tags: perspectives, goal and line of work.

    A subclass names its table of perspective tags (`tags`, reached from the row's `tagged` column).
    """

    tags: type[PerspectiveTag]
    tagged = "pk"
    goal_path = "goals"
    line_path = "line"

    perspective = AnyOfFilter(
        label=_("Perspective"),
        queryset=lambda request: Perspective.objects.all(),
        to_field_name="slug",
        method="by_perspective",
        widget=forms.CheckboxSelectMultiple,
    )
    goal = django_filters.ModelChoiceFilter(
        label=_("Strategy goal"),
        queryset=lambda request: StrategyGoal.objects.all(),
        to_field_name="slug",
        method="by_goal",
        empty_label=_("All"),
    )
    line = django_filters.ModelChoiceFilter(
        label=_("Line of work"),
        queryset=lambda request: LineOfWork.objects.all(),
        to_field_name="slug",
        method="by_line",
        empty_label=_("All"),
    )

    def by_perspective(self, queryset, name, value):
        """Any of the chosen perspectives."""
        if not value:
            return queryset
        tags = self.tags._default_manager
        claimed = tags.filter(item=OuterRef(self.tagged), perspective__in=list(value))
        return queryset.filter(Exists(claimed))

    def by_goal(self, queryset, name, value):
        return queryset.filter(**{self.goal_path: value})

    def by_line(self, queryset, name, value):
        return queryset.filter(**{self.line_path: value})
