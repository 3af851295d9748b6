"""What every public list can be filtered by, on its page and in the API alike."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.countries import country_choices, country_name
from portal.core.middleware import is_storable
from portal.core.models import LineOfWork, Perspective, StrategyGoal


class TextField(forms.CharField):
    """Search text; what no database row can hold is refused."""

    def validate(self, value):
        super().validate(value)
        if not is_storable(value):
            raise forms.ValidationError(_("The text holds a character that cannot be stored."))


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
            codes = set(self.used())
            field.widget.choices = [("", _("All")), *sorted(
                ((code, country_name(code)) for code in codes), key=lambda pair: pair[1]
            )]
        return field


class YearFilter(django_filters.Filter):
    """A year in four digits, asked of a date column."""

    field_class = forms.RegexField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("regex", r"\A[12][0-9]{3}\Z")
        kwargs.setdefault("error_messages", {"invalid": _("Write the year with four digits.")})
        super().__init__(*args, lookup_expr="year", distinct=True, **kwargs)


class PublicFilterSet(django_filters.FilterSet):
    """Base of the lists' filters. Unlisted parameters and values outside their list are errors.

    A subclass names its table of perspective tags (`tags`, reached from the row's `tagged` column),
    the columns of its text search, and the orderings it allows.
    """

    tags: type
    tagged = "pk"
    goal_path = "goals"
    line_path = "line"
    search_fields: tuple[str, ...] = ()
    orderings: dict[str, str] = {}

    # Parameters that steer the page and not the selection.
    STEERING = frozenset({"cursor", "page_size", "view"})

    q = TextFilter(label=_("Search"), method="search")
    perspective = django_filters.ModelMultipleChoiceFilter(
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
    updated_since = django_filters.IsoDateTimeFilter(
        label=_("Updated since"), field_name="updated_at", lookup_expr="gte"
    )
    ordering = django_filters.CharFilter(label=_("Order"), method="by_ordering")

    def search(self, queryset, name, value):
        for word in value.split():
            found = Q()
            for field in self.search_fields:
                found |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(found)
        return queryset

    def by_perspective(self, queryset, name, value):
        """Any of the chosen perspectives."""
        if not value:
            return queryset
        claimed = self.tags.objects.filter(item=OuterRef(self.tagged), perspective__in=value)
        return queryset.filter(Exists(claimed))

    def by_goal(self, queryset, name, value):
        return queryset.filter(**{self.goal_path: value}).distinct()

    def by_line(self, queryset, name, value):
        return queryset.filter(**{self.line_path: value}).distinct()

    def by_ordering(self, queryset, name, value):
        column = self.orderings[value.removeprefix("-")]
        sign = "-" if value.startswith("-") else ""
        return queryset.order_by(f"{sign}{column}", f"{sign}pk")

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        """Why the request cannot be answered, by parameter; empty where it can."""
        problems = {name: list(messages) for name, messages in self.form.errors.items()}
        for name in self.data:
            if name not in self.filters and name not in self.STEERING:
                problems[name] = [_now("“%(name)s” is not a filter of this list.") % {"name": name}]
        ordering = self.data.get("ordering", "").removeprefix("-")
        if ordering and ordering not in self.orderings:
            problems["ordering"] = [
                _now("Choose one of: %(names)s.") % {"names": ", ".join(self.orderings)}
            ]
        return problems
