"""Who reaches what without signing in: every route of the program, walked."""

import pytest
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from grants.parts import PARTS

# What is open to everybody. A new route is closed until it stands here.
OPEN = {
    "healthz", "readyz", "robots", "sitemap",
    "home", "map", "partners", "find_partners", "partner", "agreements", "agreement",
    "calls", "call", "eligibility",
    "grants", "grant", "networks", "network", "positions", "position", "perspective", "strategy",
    "accessibility", "open_data", "personal_data", "account_login", "document",
    "decisions", "decision", "decision_feed", "notices", "notice", "notice_minutes", "notice_feed",
    "api:contents", "api:schema", "api:docs", "api:partner_points", "api:None",
    *(
        f"api:{name}-{kind}"
        for name in (
            "perspectives", "partners", "agreements", "calls", "grants", "networks", "decisions",
            "briefings", "memberships", "positions",
        )
        for kind in ("list", "detail")
    ),
    "briefings", "briefing", "briefing_feed", "subscribe", "confirm_subscription",
    "end_subscription", "admin:login", "staff_calendar",
    "account_signup", "account_email_verification_sent", "account_reset_password",
    "account_confirm_password_reset_code", "account_complete_password_reset",
    "account_password_reset_completed", "account_logout", "account_inactive",
    "mfa_authenticate", "mfa_login_webauthn", "openid_connect_login", "openid_connect_callback",
    "socialaccount_login_cancelled", "socialaccount_signup",
    "agreement_terms", "confirm_terms", "terms_confirmed", "write_review", "review_thanks",
    "confirm_part", "part_answered",
}  # fmt: skip
# Django's middleware lets these through because the API asks for the token or the session itself.
ASK_THEMSELVES = {
    f"api:{name}-{kind}" for name in ("applications", "cases") for kind in ("list", "detail")
}
# These ask themselves, so that what was typed is not lost on the way to signing in.
KEEP_WHAT_WAS_TYPED = {
    "assess", "case_messages", "case_notes", "letter", "change_letter", "plan_row", "meetings",
    "meeting", "agenda_item", "urgent_decision",
    *(f"write_{step}" for step in PARTS),
}  # fmt: skip
# The admin asks in its own way: any page leads to its sign-in.
REFUSALS = {302, 401, 403, 404, 405}


def routes(resolver=None, namespace="", taken=()):
    """Every route as (qualified name, callback, names of what the address takes)."""
    for entry in (resolver or get_resolver()).url_patterns:
        names = (*taken, *getattr(entry.pattern, "converters", {}))
        if entry.pattern.__class__.__name__ == "RegexPattern":
            names = (*names, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner, names)
        else:
            yield f"{namespace}{entry.name}", entry.callback, names


def closed():
    """Addresses of what is not open, with made-up arguments."""
    for name, _callback, names in routes():
        if name in OPEN or name.endswith(":None"):
            continue
        try:
            yield name, reverse(name, kwargs=dict.fromkeys(names, "1"))
        except NoReverseMatch:
            # The admin's list of one app takes no number but the app's own name.
            yield name, reverse(name, kwargs=dict.fromkeys(names, "grants"))


def test_exactly_the_listed_routes_are_declared_open():
    declared = {
        name for name, callback, _names in routes() if not getattr(callback, "login_required", True)
    }
    assert declared == OPEN | ASK_THEMSELVES | KEEP_WHAT_WAS_TYPED


@pytest.mark.parametrize("method", ["get", "post"])
def test_everything_else_leads_to_sign_in_or_is_refused(client, db, method):
    answers = {}
    for name, address in closed():
        response = getattr(client, method)(address)
        answers[name] = response.status_code
        if response.status_code == 302:
            signs_in = {reverse("account_login"), reverse("admin:login")}
            assert response.url.partition("?")[0] in signs_in, name
    assert {name: status for name, status in answers.items() if status not in REFUSALS} == {}
    assert {answers[name] for name in ASK_THEMSELVES} == {401}


def test_what_is_open_answers(client, partner, agreement, call, awarded, position, perspectives):
    items = (partner, agreement, call, awarded, position, perspectives[0])
    pages = (
        "home", "map", "partners", "find_partners", "agreements", "calls", "grants", "networks",
        "positions", "decisions", "notices", "decision_feed", "notice_feed",
        "strategy", "accessibility", "open_data", "personal_data", "account_login", "robots",
        "sitemap", "healthz", "readyz",
    )  # fmt: skip
    addresses = [item.get_absolute_url() for item in items] + [reverse(name) for name in pages]
    answers = {address: client.get(address).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 200)


def test_a_document_that_is_not_public_is_not_found(client, db):
    assert client.get(reverse("document", args=[1])).status_code == 404
