"""The few words templates need beside Django's own."""

from django import template

from portal.core import countries, dates, fields, jsonld, languages, money

register = template.Library()

register.filter("kr", money.format_money)
register.filter("country_name", countries.country_name)
register.filter("language_name", languages.language_name)
register.filter("partial_date", dates.partial_date)
register.filter("json_ld", jsonld.as_script_text)
register.filter("leading", fields.leading)


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """The current query string with some parameters changed; None takes one away."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = value
    return f"?{params.urlencode()}" if params else "?"


@register.filter
def date_text(value):
    """A date as people say it: 7 maj 2018."""
    return dates.partial_date(value, dates.Precision.DAY)


@register.filter
def standing(item, at):
    """Where an agreement or a call stands, at a day or an instant."""
    return item.standing(at)


@register.filter
def open_at(call, at):
    return call.is_open(at)
