"""partners.json: partners, the region's own bodies, and the agreements with partners."""

from django.utils.text import slugify

from agreements.models import Agreement, AgreementParty, AgreementVersion
from agreements.workflow import VersionState
from partners.models import Partner, PartnerCode, PartnerExchange, Theme
from portal.cases.models import Case
from portal.core.dates import last_day
from portal.core.publishing import Publication
from portal.site.reference import strategy
from portal.site.reference.checks import (
    Fields,
    Optional,
    Problem,
    Refused,
    country,
    day,
    degrees,
    known,
    list_of,
    one_of,
    partial_day,
    record,
    rows,
    shown,
    slug,
    text,
    whole,
)
from portal.site.reference.files import File, FileType, Row, published_if_complete

_CODE: Fields = {"scheme": text(30), "version": Optional(text(20), ""), "code": text(20)}


def _code_scheme(code: dict) -> tuple:
    return code["scheme"], code["version"]


_PLACE: Fields = {
    "country": country,
    "codes": Optional(list_of(record(_CODE), by=_code_scheme), ()),
    "lat": Optional(degrees(90)),
    "lon": Optional(degrees(180)),
}
_HOME: Fields = {"name_sv": text(120), "name_en": text(120), **_PLACE}
_THEME: Fields = {"name_sv": text(80), "name_en": text(80)}
_PARTNER: Fields = {
    "slug": slug,
    "name_sv": text(120),
    "name_en": text(120),
    "organisation": Optional(text(150)),
    "kind": Optional(one_of(Partner.Kind.REGION, Partner.Kind.ORGANISATION), Partner.Kind.REGION),
    "about_sv": Optional(text(3000)),
    "about_en": Optional(text(3000)),
    **_PLACE,
    "since": Optional(whole(1900, 2100)),
    "themes_sv": Optional(list_of(text(80)), ()),
    "challenges_sv": Optional(list_of(text(80)), ()),
    "exchange_forms": Optional(list_of(one_of(*PartnerExchange.Form.values)), ()),
    "perspectives": strategy.claims,
    "tags": Optional(text(40)),
}
_OWN_BODY: Fields = {
    "slug": slug,
    "name": text(120),
    "country": country,
    "about_sv": Optional(text(3000)),
    "about_en": Optional(text(3000)),
    "active_from": Optional(day),
    "active_until": Optional(day),
    "perspectives": Optional(strategy.claims, ()),
    "tags": Optional(text(40)),
}
_AGREEMENT: Fields = {
    "slug": slug,
    "partner": known(Partner),
    "kind": one_of(*Agreement.Kind.values),
    "title_sv": text(200),
    "title_en": text(200),
    "about_sv": Optional(text(5000)),
    "about_en": Optional(text(5000)),
    "mandate_sv": Optional(text(500)),
    "mandate_en": Optional(text(500)),
    "signed": partial_day,
    "signed_precision": Optional(one_of("year", "month", "day")),
    "renewed": Optional(list_of(partial_day), ()),
    "until": Optional(partial_day),
    "until_precision": Optional(one_of("year", "month", "day")),
    "state_rule": Optional(text(200)),
    "note": Optional(text(1000)),
    "note_sv": Optional(text(1000)),
    "perspectives": strategy.claims,
    "goals": strategy.goals,
    "line": strategy.line,
    "tags": Optional(text(40)),
}


def _published() -> dict:
    return {"publication": Publication.PUBLISHED}


def _in_swedish() -> dict:
    return {"language": "sv"}


def _store_theme(row: Row) -> None:
    row.put(Theme, {"slug": slugify(row["name_sv"])}, row.given("name_sv", "name_en"))


def _themes(row: Row, names) -> list[Theme]:
    """Themes are named in Swedish; a new one has no English name until somebody gives it."""
    return [
        row.put(Theme, {"slug": slugify(name)}, new=lambda name=name: {"name_sv": name})
        for name in names
    ]


def _store_partner(row: Row) -> None:
    facts = row.given(
        "name_sv", "name_en", "organisation", "kind", "about_sv", "about_en", "country",
        "lat", "lon", since_year="since",
    )  # fmt: skip
    partner = row.put(Partner, {"slug": row["slug"]}, {**facts, **row.source}, new=_published)
    for code in row["codes"]:
        key = {"partner": partner, "scheme": code["scheme"], "version": code["version"]}
        row.belong(PartnerCode, key, {"code": code["code"]})
    for form in row["exchange_forms"]:
        row.belong(PartnerExchange, {"partner": partner, "form": form})
    row.join(partner.strengths, _themes(row, row["themes_sv"]))
    row.join(partner.challenges, _themes(row, row["challenges_sv"]))
    row.tag(partner, row["perspectives"])
    published_if_complete(partner)


def _store_own_body(row: Row) -> None:
    """An own body that claims no perspective yet is kept as a draft for staff to fill in."""
    row.in_order("active_from", "active_until")
    facts = row.given("country", "about_sv", "about_en", "active_from", "active_until")
    names = {"name_sv": row["name"], "name_en": row["name"], "kind": Partner.Kind.OWN_BODY}
    body = row.put(
        Partner,
        {"slug": row["slug"]},
        {**facts, **names, **row.source},
        new=_published if row["perspectives"] else None,
    )
    row.tag(body, row["perspectives"])
    published_if_complete(body)


def _store_agreement(row: Row) -> None:
    texts = [f"{name}_{code}" for name in ("title", "about", "mandate") for code in ("sv", "en")]
    facts = row.given("kind", "line", *texts)
    agreement = row.put(
        Agreement,
        {"slug": row["slug"]},
        {**facts, **row.source},
        new=lambda: {**_published(), "case": _case(row)},
    )
    row.belong(AgreementParty, {"agreement": agreement, "partner": None}, new=_in_swedish)
    row.belong(AgreementParty, {"agreement": agreement, "partner": row["partner"]})
    row.join(agreement.goals, row["goals"])
    row.tag(agreement, row["perspectives"])
    _store_versions(row, agreement)
    published_if_complete(agreement)


def _case(row: Row) -> Case:
    return Case.objects.create(kind=Case.Kind.AGREEMENT, title=row["title_sv"])


def _store_versions(row: Row, agreement: Agreement) -> None:
    """The signing, then the renewals; the last of them carries the end and the note."""
    _check_dates(row)
    dates = [row["signed"], *row["renewed"]]
    previous = None
    for number, (start, precision) in enumerate(dates, 1):
        kind = AgreementVersion.Kind.RENEWAL if previous else AgreementVersion.Kind.ORIGINAL
        previous = row.put(
            AgreementVersion,
            {"agreement": agreement, "number": number},
            {
                "kind": kind, "signed_on": start, "signed_precision": precision,
                **(_ending(row) if number == len(dates) else {}),
            },
            new=lambda previous=previous: {"previous": previous, "state": VersionState.SIGNED},
        )  # fmt: skip
    signed = list(agreement.versions.signed())  # type: ignore[attr-defined]
    known = (agreement.signed_on, agreement.valid_until)
    if signed and known != (signed[0].signed_on, signed[-1].valid_until):
        agreement.follow_versions()


def _check_dates(row: Row) -> None:
    for name in ("signed", "until"):
        stated = row[f"{name}_precision"]
        if row[name] and stated and stated != row[name][1]:
            problem = f"{shown(stated)} is stated, but the date is known to the {row[name][1]}"
            raise Refused(Problem(problem, (f"{name}_precision",)))
    if row["until"] and last_day(*row["until"]) < row["signed"][0]:
        raise Refused(Problem("is before signed", ("until",)))


def _ending(row: Row) -> dict:
    ending = row.given("note_sv", note_en="note")
    if row["until"]:
        start, precision = row["until"]
        ending |= {"valid_until": last_day(start, precision), "until_precision": precision}
    return ending


def _store(file: File) -> None:
    file.each("themes", _THEME, _store_theme, key=("name_sv",), same=slugify)
    file.each("partners", _PARTNER, _store_partner)
    file.each("own_bodies", _OWN_BODY, _store_own_body)
    file.each("agreements", _AGREEMENT, _store_agreement)


PARTNERS = FileType(
    "partners.json",
    {
        # Where home is stands in the settings; here it is only checked.
        "home": Optional(record(_HOME)),
        "themes": Optional(rows, ()),
        "partners": rows,
        "agreements": rows,
        "own_bodies": Optional(rows, ()),
    },
    _store,
    needs=("strategy.json",),
)
