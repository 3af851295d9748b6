"""What every page's frame needs: the region, the main menu, the way to the other language."""

from django.conf import settings
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _


def portal(request):
    language = get_language() or settings.LANGUAGE_CODE
    languages = _languages(request, language)
    return {
        "region": {
            "name": settings.REGION[f"name_{language}"],
            "committee": settings.REGION[f"committee_{language}"],
            "contact": settings.REGION["contact"],
            "logo": settings.REGION["logo"],
            "portal": "Mötesplats",
        },
        "nav": _menu(request),
        "languages": languages,
        "canonical": settings.SITE_URL + request.path,
        "default_language_path": languages[0]["path"],
        "account": _account(request),
        "committee_meetings": _meetings(request),
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
    }


def _menu(request):
    entries = [
        ("partners", _("Partners")),
        ("agreements", _("Agreements")),
        ("calls", _("Calls")),
        ("grants", _("Grants awarded")),
        ("networks", _("Networks")),
    ]
    menu = [{"url": reverse(name), "label": label} for name, label in entries]
    return [{**entry, "current": request.path.startswith(entry["url"])} for entry in menu]


def _languages(request, current):
    """The same page in each language: `url` with its query, `path` without."""
    # A page may speak another language than its address does.
    address = getattr(request, "LANGUAGE_CODE", current)
    languages = []
    for code, name in settings.LANGUAGES:
        with override(code):
            url = _same_page(request, address, code)
            languages.append(
                {
                    "code": code,
                    "name": str(name),
                    "url": url,
                    "path": url.partition("?")[0],
                    "current": code == current,
                }
            )
    return languages


def _same_page(request, address, code):
    try:
        with override(address):
            resolve(request.path_info)
            if getattr(request, "language_in_query", False):
                return f"{translate_url(request.path, code)}?language={code}"
            return translate_url(request.get_full_path(), code)
    except Resolver404:
        with override(code):
            return reverse("home")


def _meetings(request):
    """For those who attend the committee's meetings; staff find them in the workroom."""
    user = getattr(request, "user", None)
    is_of_the_staff = user is None or not user.is_authenticated or user.is_staff
    may = not is_of_the_staff and user.has_perm("committee.attend_meetings")
    return {"url": reverse("meetings"), "label": pgettext("committee", "Meetings")} if may else None


def _account(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"url": reverse("account_login"), "label": _("Sign in")}
    if user.is_staff:
        return {"url": reverse("admin:index"), "label": _("Staff")}
    if user.has_perm("grants.be_assessor"):
        return {"url": reverse("my_assessments"), "label": _("My assessments")}
    return {"url": reverse("my_pages"), "label": _("My pages")}
