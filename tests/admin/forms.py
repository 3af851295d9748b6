"""What a browser would send back of a change form, its rows included."""

from urllib.parse import urlencode


def form_data(page) -> dict:
    data = {"_seen": page.context["seen"]} if "seen" in page.context else {}
    forms = [page.context["adminform"].form]
    for rows in page.context["inline_admin_formsets"]:
        forms += [rows.formset.management_form, *rows.formset.forms]
    for form in forms:
        for field in form:
            data |= _typed(field)
    return data


def _typed(field) -> dict:
    """By input name: a date with a time has two of them."""
    value = field.value()
    if value is None or value is False:
        return {}
    if hasattr(field.field.widget, "decompress"):
        parts = field.field.widget.decompress(value)
        return {f"{field.html_name}_{number}": str(part) for number, part in enumerate(parts)}
    return {field.html_name: value}


def send(client, url, **changes):
    """Open the form, change some fields, send it."""
    data = form_data(client.get(url)) | changes
    return client.post(url, urlencode(data, doseq=True), "application/x-www-form-urlencoded")
