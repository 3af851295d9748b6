"""What the public reads of the ledger, on the page and in the API; drafts and internal things do
not leak, and nothing names a person.
"""

import json
from datetime import date

import pytest
from django.utils import timezone

from agreements.models import Commitment, Exchange, Review
from partners.models import Partner
from portal.cases.models import Document

HIDDEN = "HEMLIGT"


def exchange(agreement, perspectives, **given):
    values = {
        "form": "artists", "title_sv": "Residens", "title_en": "Residency", "country": "LT",
        "starts_on": date(2025, 5, 1), "ends_on": date(2025, 5, 20), "place": "Vilnius",
        "participants_ours": 3, "participants_theirs": 4, "is_public": True,
    }  # fmt: skip
    made = Exchange.objects.create(agreement=agreement, **{**values, **given})
    made.perspectives.set(perspectives[:1])
    return made


def hide(values):
    return dict.fromkeys(values, HIDDEN)


@pytest.fixture
def document(agreement, officer, now):
    return Document.objects.create(
        case=agreement.case, title=HIDDEN, file="k.pdf", filename="k.pdf", size=1, sha256="-",
        added_at=now, added_by=officer,
    )  # fmt: skip


@pytest.fixture
def told(pledge, ours, theirs, yearly, agreement, perspectives, officer, now, document):
    """What may be read, with an internal document and a named officer beside it."""
    done = pledge(ours, text="Visa textil", due_on=date(2025, 6, 1))
    done.fulfil(
        by=officer, at=now, done_on=date(2025, 5, 20), evidence="Katalogen", document=document
    )
    exchange(agreement, perspectives, audience=1200)


@pytest.fixture
def secrets(told, pledge, ours, theirs, agreement, perspectives, draft_version, officer, now):
    """What could leak."""
    pledge(ours, text=HIDDEN, is_public=False)
    pledge(ours, text=HIDDEN, version=draft_version)
    draft = Partner.objects.create(slug="utkast", name_sv=HIDDEN, name_en=HIDDEN, country="EE")
    party = agreement.parties.create(
        partner=draft, name=HIDDEN, signatory=HIDDEN, email="hemligt@example.org"
    )
    pledge(party, text=HIDDEN)
    exchange(agreement, perspectives, title_sv=HIDDEN, title_en=HIDDEN, is_public=False)
    open_one = Review(
        agreement=agreement, year=2024, due_on=date(2025, 1, 1), **hide(["summary_sv"])
    )
    open_one.begin(by=officer, at=now)
    part = open_one.parts.get(party=ours)
    open_one.write_own(
        by=officer, at=now, part=part, done=[], achieved={perspectives[0]: HIDDEN},
        **hide(["went_well", "to_improve", "programme", "author_name", "author_role"]),
    )  # fmt: skip


def test_the_page_tells_both_sides(client, told, agreement):
    page = client.get(agreement.get_absolute_url())
    ledger = page.context["ledger"]
    assert [[one.text for one in side.commitments] for side in ledger.sides] == [
        ["Visa textil"],
        ["Ta emot konstnärer"],
    ]
    text = page.content.decode()
    for words in ("Katalogen", "20 maj 2025", "Försenat", "Residens", "1\xa0200"):
        assert words in text, words


def test_nothing_hidden_leaks(client, secrets, agreement):
    addresses = [
        agreement.get_absolute_url(),
        f"/en{agreement.get_absolute_url().replace('avtal', 'agreements')}",
        "/api/v1/agreements/",
        f"/api/v1/agreements/{agreement.slug}/",
    ]
    for address in addresses:
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert "Ta emot konstnärer" in text, address
        assert HIDDEN not in text, address
        for personal in ("Officer", "officer@example.org", "Rita", "@vilnius", "hemligt"):
            assert personal not in text, (personal, address)


def test_public_gives_only_what_is_marked_and_signed(secrets):
    texts = Commitment.objects.public().order_by("pk").values_list("text_sv", flat=True)
    assert list(texts) == ["Ta emot konstnärer", "Visa textil"]
    assert list(Exchange.objects.public().values_list("title_sv", flat=True)) == ["Residens"]


def test_an_unpublished_agreement_tells_nothing(client, told, agreement, officer, now):
    agreement.unpublish(by=officer, at=now)
    assert Commitment.objects.public().count() == Exchange.objects.public().count() == 0
    assert client.get(agreement.get_absolute_url()).status_code == 404


def test_a_public_document_is_linked(client, told, agreement, document):
    address = f"/documents/{document.pk}/"
    assert address not in client.get(agreement.get_absolute_url()).content.decode()
    Document.objects.update(is_public=True)
    assert address in client.get(agreement.get_absolute_url()).content.decode()


def test_what_a_new_version_replaced_stands_apart(client, told, yearly, agreement, officer, now):
    yearly.be_changed(by=officer, at=now)
    ledger = client.get(agreement.get_absolute_url()).context["ledger"]
    assert [one.text for one in ledger.replaced] == ["Ta emot konstnärer"]
    assert [side.commitments for side in ledger.sides][1] == []


def test_an_agreement_without_a_ledger_has_no_section(client, agreement):
    page = client.get(agreement.get_absolute_url())
    assert not page.context["ledger"]
    assert "Ömsesidigt" not in page.content.decode()


def test_what_is_invented_says_so(client, told, agreement):
    assert "uppdiktat för demon" not in client.get(agreement.get_absolute_url()).content.decode()
    Commitment.objects.filter(text_sv="Visa textil").update(invented=True)
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "uppdiktat för demon" in page
    assert page.count("Påhittat exempel.") == 1


def test_a_closed_review_s_summary_stands_on_the_page(client, agreement):
    for year, state in ((2024, "open"), (2025, "closed")):
        Review.objects.create(
            agreement=agreement, year=year, due_on=date(year, 12, 1), state=state,
            closed_at=timezone.now() if state == "closed" else None,
            summary_sv=f"Året {year} gick bra", summary_en=f"{year} went well",
        )  # fmt: skip
    text = client.get(agreement.get_absolute_url()).content.decode()
    assert ("Året 2025 gick bra" in text, "Året 2024 gick bra" in text) == (True, False)


def test_the_api_gives_commitments_exchanges_and_balance(client, told):
    found = json.loads(client.get("/api/v1/agreements/vilnius-2014/").content)
    assert found["commitments"] == [
        {
            "side": "theirs",
            "text": {"sv": "Ta emot konstnärer", "en": "Ta emot konstnärer (en)"},
            "exchange": "",
            "perspectives": ["invanare"],
            "due_on": "2023-12-31",
            "rhythm": "yearly",
            "awaited_on": "2023-12-31",
            "state": "promised",
            "fulfilled_on": [],
            "invented": False,
        },
        {
            "side": "ours",
            "text": {"sv": "Visa textil", "en": "Visa textil (en)"},
            "exchange": "",
            "perspectives": ["invanare"],
            "due_on": "2025-06-01",
            "rhythm": "once",
            "awaited_on": None,
            "state": "done",
            "fulfilled_on": ["2025-05-20"],
            "invented": False,
        },
    ]
    assert found["exchanges"] == [
        {
            "form": "artists",
            "title": {"sv": "Residens", "en": "Residency"},
            "starts_on": "2025-05-01",
            "ends_on": "2025-05-20",
            "place": "Vilnius",
            "country": "LT",
            "participants_ours": 3,
            "participants_theirs": 4,
            "audience": 1200,
            "perspectives": ["invanare"],
            "invented": False,
        }
    ]
    zero = dict.fromkeys(
        ("live", "late", "promised", "under_way", "done", "changed", "dropped", "times_done"), 0
    )
    assert found["balance"] == {
        "ours": {**zero, "done": 1, "times_done": 1},
        "theirs": {**zero, "live": 1, "late": 1, "promised": 1},
    }
    listed = json.loads(client.get("/api/v1/agreements/").content)["results"][0]
    assert listed == found
