"""What the open API says of each item, whole, and what it never says."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from agreements.models import Agreement
from grants.models import Application, Award
from networks.models import Network, Position
from partners.models import Partner
from tests.api.conftest import OPEN_LISTS, keys, make_partner

SITE = "https://portal.example.org"
API = f"{SITE}/api/v1"


def local(moment):
    return timezone.localtime(moment).isoformat()


def test_an_award(everything, awarded, agreement, scheme, read):
    Award.objects.update(agreement=agreement)
    awarded.refresh_from_db()
    assert read(f"grants/{awarded.pk}/") == {
        "id": awarded.pk,
        "url": f"{API}/grants/{awarded.pk}/",
        "page": f"{SITE}/beviljade-stod/{awarded.pk}/",
        "number": awarded.application.case.number,
        "title": "Dans över havet",
        "summary": "Tre veckors residens med skolor på båda sidor.",
        "scheme": {
            "slug": "resestipendium",
            "title": {"sv": "Resestipendium", "en": "Travel grant"},
        },
        "recipient": None,
        "partner": {
            "slug": "vilnius",
            "name": {"sv": "Vilniusregionen", "en": "Vilnius region"},
            "url": f"{API}/partners/vilnius/",
            "page": f"{SITE}/partner/vilnius/",
        },
        "agreement": {
            "slug": "vilnius-2014",
            "name": {"sv": "Samarbetsavtal med Vilnius", "en": "Agreement with Vilnius"},
            "url": f"{API}/agreements/vilnius-2014/",
            "page": f"{SITE}/avtal/vilnius-2014/",
        },
        "decision": f"{API}/decisions/{awarded.decision_id}/",
        "amount": "15000.00",
        "currency": "SEK",
        "country": "LT",
        "in_eu": True,
        "decided_on": awarded.decided_on.isoformat(),
        "starts_on": "2027-03-01",
        "ends_on": "2027-03-21",
        "perspectives": [
            {
                "slug": "invanare",
                "name": {"sv": "Invanare", "en": "invanare (en)"},
                "how": "Skolor möter konstnärer.",
            }
        ],
        "goals": [{"slug": "utbyte", "name": {"sv": "Utbyte", "en": "Exchange"}}],
        "line": {"slug": "stod", "name": {"sv": "Stöd", "en": "Support"}},
        "updated": local(awarded.updated_at),
    }


def test_an_agreement_with_dates_as_precise_as_they_are_known(everything, agreement, read):
    found = read("agreements/vilnius-2014/")
    assert found["versions"] == [
        {
            "number": 1,
            "kind": "original",
            "signed": {"date": "2014", "precision": "year"},
            "valid_until": None,
            "terminated_on": None,
            "note": {"sv": None, "en": None},
            "terms": None,
        },
        {
            "number": 2,
            "kind": "renewal",
            "signed": {"date": "2018-05-07", "precision": "day"},
            "valid_until": {"date": "2021-06", "precision": "month"},
            "terminated_on": None,
            "note": {"sv": "Tre år till", "en": "Three more years"},
            "terms": None,
        },
    ]
    assert (found["standing"], found["in_eu"], found["number"]) == ("expired", True, None)
    assert found["parties"] == [
        {
            "slug": "vilnius",
            "url": f"{API}/partners/vilnius/",
            "page": f"{SITE}/partner/vilnius/",
            "kind": "region",
            "name": {"sv": "Vilniusregionen", "en": "Vilnius region"},
            "country": "LT",
        }
    ]
    assert found["perspectives"] == [
        {
            "slug": "invanare",
            "name": {"sv": "Invanare", "en": "invanare (en)"},
            "how": {"sv": "Möten", "en": "Encounters"},
        }
    ]


def test_an_unsigned_agreement_is_neither_inside_nor_outside_the_eu(everything, agreement, read):
    agreement.versions.filter(number=2).delete()
    agreement.versions.update(state="draft", signed_on=None)
    agreement.follow_versions()
    found = read("agreements/vilnius-2014/")
    assert (found["standing"], found["in_eu"], found["versions"]) == ("coming", None, [])


def test_a_partner(everything, partner, read):
    partner.codes.create(scheme="NUTS", version="2021", code="LT01")
    partner.strengths.create(slug="dans", name_sv="Dans", name_en="Dance")
    partner.exchanges.create(form="artists", offers=True, seeks=False)
    partner.refresh_from_db()
    assert read("partners/vilnius/") == {
        "slug": "vilnius",
        "url": f"{API}/partners/vilnius/",
        "page": f"{SITE}/partner/vilnius/",
        "kind": "region",
        "name": {"sv": "Vilniusregionen", "en": "Vilnius region"},
        "organisation": None,
        "about": {"sv": None, "en": None},
        "country": "LT",
        "in_eu": True,
        "lat": 54.69,
        "lon": 25.28,
        "codes": [{"scheme": "NUTS", "version": "2021", "code": "LT01"}],
        "since_year": None,
        "active_from": None,
        "active_until": None,
        "exchanges": [{"form": "artists", "offers": True, "seeks": False}],
        "strengths": [{"slug": "dans", "name": {"sv": "Dans", "en": "Dance"}}],
        "challenges": [],
        "perspectives": [
            {
                "slug": "invanare",
                "name": {"sv": "Invanare", "en": "invanare (en)"},
                "how": {"sv": "Möten", "en": "Encounters"},
            }
        ],
        "source": {"sv": None, "en": None},
        "updated": local(partner.updated_at),
    }


def test_a_call(everything, call, scheme, read):
    scheme.refresh_from_db()
    assert read(f"calls/{call.slug}/") == {
        "slug": "resestipendium-oppen",
        "url": f"{API}/calls/resestipendium-oppen/",
        "page": f"{SITE}/utlysningar/resestipendium-oppen/",
        "name": {"sv": "Öppen", "en": "Open"},
        "text": {"sv": None, "en": None},
        "state": "published",
        "open": True,
        "opens_at": local(call.opens_at),
        "closes_at": local(call.closes_at),
        "budget_year": call.budget_year,
        "scheme": {
            "slug": "resestipendium",
            "title": {"sv": "Resestipendium", "en": "Travel grant"},
            "about": {"sv": None, "en": None},
            "applicants": ["individual", "association"],
            "max_award": None,
            "currency": "SEK",
            "max_share_percent": 50,
            "requires_residence": False,
            "requires_non_profit": False,
            "only_own_costs": False,
            "report_days_after_end": None,
        },
        "perspectives": [
            {
                "slug": "kunskap",
                "name": {"sv": "Kunskap", "en": "kunskap (en)"},
                "how": {"sv": "Lär", "en": "Learns"},
            }
        ],
        "goals": [{"slug": "utbyte", "name": {"sv": "Utbyte", "en": "Exchange"}}],
        "line": {"slug": "stod", "name": {"sv": "Stöd", "en": "Support"}},
        "updated": local(max(call.updated_at, scheme.updated_at)),
    }


def test_a_network_and_its_parent(everything, network, goal, read):
    network.engagements.get().goals.add(goal)
    network.member_counts.create(count=154, as_of=date(2019, 1, 1), source="Riktlinjerna")
    network.groups.create(name_sv="Turism", name_en="Tourism")
    found = read("networks/cpmr/")
    assert (found["engagement"], found["part_of"]) == ("unspecified", None)
    assert found["engagements"] == [
        {
            "level": "unspecified",
            "start": None,
            "end": None,
            "goals": [{"slug": "utbyte", "name": {"sv": "Utbyte", "en": "Exchange"}}],
            "line": None,
            "decision": None,
            "source": "Riktlinjerna",
        }
    ]
    assert found["groups"] == [{"name": {"sv": "Turism", "en": "Tourism"}}]
    assert found["member_counts"] == [
        {"count": 154, "as_of": "2019-01-01", "source": "Riktlinjerna"}
    ]
    assert read("networks/nsc/")["part_of"] == {
        "slug": "cpmr",
        "name": {
            "sv": "Konferensen för maritima regioner",
            "en": "Conference of maritime regions",
        },
        "url": f"{API}/networks/cpmr/",
        "page": f"{SITE}/natverk/cpmr/",
    }


def test_a_position(everything, position, read):
    position.refresh_from_db()
    assert read("positions/konstnarers-rorlighet/") == {
        "slug": "konstnarers-rorlighet",
        "url": f"{API}/positions/konstnarers-rorlighet/",
        "page": f"{SITE}/paverkan/konstnarers-rorlighet/",
        "title": {"sv": "Konstnärers rörlighet", "en": "Artists' mobility"},
        "question": {"sv": "Reglerna skiljer sig", "en": "The rules differ"},
        "aim": {"sv": "En väg in", "en": "One way in"},
        "state": "pursued",
        "outcome": {"sv": None, "en": None},
        "concluded_on": None,
        "levels": ["regional", "eu"],
        "steps": [
            {
                "when": {"date": "2025-03", "precision": "month"},
                "level": "regional",
                "channel": "meeting",
                "network": None,
                "group": None,
                "carried_by": None,
                "text": {"sv": "Enades", "en": "Agreed"},
                "result": {"sv": None, "en": None},
                "source_url": "",
            },
            {
                "when": {"date": "2025-09-17", "precision": "day"},
                "level": "eu",
                "channel": "network",
                "network": {
                    "slug": "nsc",
                    "name": {"sv": "Nordsjökommissionen", "en": "North Sea Commission"},
                    "url": f"{API}/networks/nsc/",
                    "page": f"{SITE}/natverk/nsc/",
                },
                "group": None,
                "carried_by": None,
                "text": {"sv": "Lades fram", "en": "Presented"},
                "result": {"sv": "Ett uttalande", "en": "A statement"},
                "source_url": "https://www.example.org/uttalande",
            },
        ],
        "perspectives": [
            {
                "slug": "paverkan",
                "name": {"sv": "Paverkan", "en": "paverkan (en)"},
                "how": {"sv": "Förs till EU", "en": "Brought to the EU"},
                "achieved": {"sv": "Hördes", "en": "It was heard"},
            }
        ],
        "goals": [{"slug": "utbyte", "name": {"sv": "Utbyte", "en": "Exchange"}}],
        "line": {"slug": "stod", "name": {"sv": "Stöd", "en": "Support"}},
        "source": "",
        "invented": False,
        "updated": local(position.updated_at),
    }


def test_a_decision(everything, awarded, read):
    decision = awarded.decision
    assert read(f"decisions/{decision.pk}/") == {
        "id": decision.pk,
        "url": f"{API}/decisions/{decision.pk}/",
        "page": f"{SITE}/beslut/{decision.pk}/",
        "number": awarded.application.case.number,
        "matter": "Dans över havet",
        "kind": "application",
        "purpose": "grant",
        "outcome": "granted",
        "amount": "15000.00",
        "currency": "SEK",
        "reasons": "Stärker utbytet.",
        "conditions": "",
        "decided_on": decision.decided_on.isoformat(),
        "route": "meeting",
        "met_on": decision.decided_on.isoformat(),
        "section": 42,
        "delegation_point": None,
        "appeal_ends_on": None,
        "minutes": None,
        "country": "LT",
        "in_eu": True,
        "perspectives": [{"slug": "invanare", "name": {"sv": "Invanare", "en": "invanare (en)"}}],
        "goals": [{"slug": "utbyte", "name": {"sv": "Utbyte", "en": "Exchange"}}],
        "line": {"slug": "stod", "name": {"sv": "Stöd", "en": "Support"}},
        "updated": local(decision.recorded_at),
    }


def test_a_perspective(perspectives, read):
    assert read("perspectives/paverkan/") == {
        "slug": "paverkan",
        "url": f"{API}/perspectives/paverkan/",
        "page": f"{SITE}/perspektiv/paverkan/",
        "order": 4,
        "mark": "diamond",
        "name": {"sv": "Paverkan", "en": "paverkan (en)"},
        "purpose": {"sv": "Syfte", "en": "Purpose"},
    }


def test_an_organisation_is_named_as_recipient(everything, organisation, awarded, read):
    Award.objects.update(organisation=organisation)
    assert read(f"grants/{awarded.pk}/")["recipient"] == "Föreningen Norr och Söder"


@pytest.mark.parametrize("name", [*(f"{name}/" for name in OPEN_LISTS), "partners.geojson"])
def test_no_person_is_named(
    everything, awarded, applicant, officer, secretary, partner, read, name
):
    partner.contacts.create(name="Ona Kontakt", email="ona@example.org", phone="070-1")
    people = {"Ona Kontakt", "ona@example.org", "070-1", "Väl genomtänkt"}
    for person in (applicant, officer, secretary):
        people |= {person.full_name, person.email}
    text = json.dumps(read(name), ensure_ascii=False)
    assert {secret for secret in people if secret in text} == set()


@pytest.fixture
def drafts(everything, call, scheme):
    """Everything is taken back."""
    for model in (Partner, Agreement, Network, Position, type(scheme)):
        model.objects.update(publication="draft")


@pytest.mark.parametrize("name", ["partners", "agreements", "calls", "networks", "positions"])
def test_drafts_are_not_there(drafts, read, client, officer, sign_in, name):
    slug = {
        "partners": "vilnius", "agreements": "vilnius-2014", "networks": "cpmr",
        "positions": "konstnarers-rorlighet", "calls": "resestipendium-oppen",
    }[name]  # fmt: skip
    sign_in(officer)
    assert read(f"{name}/")["results"] == []
    assert client.get(f"/api/v1/{name}/{slug}/").status_code == 404
    assert read("partners.geojson")["features"] == []


def test_other_items_do_not_tell_of_drafts(everything, awarded, agreement, read):
    Award.objects.update(agreement=agreement)
    Partner.objects.update(publication="draft")
    Network.objects.filter(slug="cpmr").update(publication="draft")
    found = read("agreements/vilnius-2014/")
    assert (found["parties"], found["in_eu"]) == ([], False)
    assert keys(read("agreements/?q=Vilniusregionen")) == []
    assert keys(read("agreements/?country=LT")) == []
    Agreement.objects.update(publication="draft")
    award = read(f"grants/{awarded.pk}/")
    assert (award["partner"], award["agreement"]) == (None, None)
    assert read("networks/nsc/")["part_of"] is None


def test_a_call_that_is_not_published_is_not_there(everything, call, read, client):
    type(call).objects.update(state="draft")
    assert read("calls/")["results"] == []
    assert client.get(f"/api/v1/calls/{call.slug}/").status_code == 404


def test_applications_without_a_decision_are_no_awards(proposed, read):
    assert Application.objects.count() == 1
    assert read("grants/")["results"] == read("decisions/")["results"] == []


def test_the_regions_own_bodies_have_addresses_but_are_no_partners_abroad(everything, read):
    make_partner("kultur-i-vast", country="SE", kind="own_body", lat=Decimal(57), lon=Decimal(12))
    assert keys(read("partners/")) == ["vilnius"]
    assert [point["id"] for point in read("partners.geojson")["features"]] == ["vilnius"]
    assert read("partners/kultur-i-vast/")["kind"] == "own_body"


def test_an_item_unchanged_since_its_etag_is_not_sent_again(everything, partner, client):
    first = client.get("/api/v1/partners/vilnius/")
    again = client.get("/api/v1/partners/vilnius/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Partner.objects.update(name_en="Vilnius county")
    changed = client.get("/api/v1/partners/vilnius/", headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed.json()["name"]["en"]) == (200, "Vilnius county")


def test_what_is_said_does_not_depend_on_the_readers_language(everything, read):
    swedish, english = (
        {name: read(f"{name}/", **{"accept-language": code}) for name in OPEN_LISTS}
        for code in ("sv", "en")
    )
    assert swedish == english


def test_partners_as_points(everything, partner, read, client):
    make_partner("nowhere", country="DE")
    assert client.get("/api/v1/partners.geojson")["Content-Type"] == "application/geo+json"
    assert read("partners.geojson") == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "vilnius",
                "geometry": {"type": "Point", "coordinates": [25.28, 54.69]},
                "properties": {
                    "name": {"sv": "Vilniusregionen", "en": "Vilnius region"},
                    "country": "LT",
                    "in_eu": True,
                    "perspectives": ["invanare"],
                    "url": f"{API}/partners/vilnius/",
                    "page": f"{SITE}/partner/vilnius/",
                },
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [("perspective=invanare", 1), ("perspective=paverkan", 0), ("eu=false", 0), ("country=LT", 1)],
)
def test_points_are_filtered_as_partners_are(everything, read, query, found):
    assert len(read(f"partners.geojson?{query}")["features"]) == found


def test_the_contents_lead_to_every_list(db, read, client):
    contents = read("")
    assert list(contents)[: len(OPEN_LISTS)] == OPEN_LISTS
    statuses = {name: client.get(address).status_code for name, address in contents.items()}
    assert statuses == dict.fromkeys(contents, 200) | {"applications": 401, "cases": 401}


def test_no_text_is_empty_where_it_could_be_null(everything, partner, network, read):
    Award.objects.update(country="")
    assert read("networks/cpmr/")["website"] is None
    assert read("partners/vilnius/")["organisation"] is None
    assert read("grants/")["results"][0]["country"] is None
