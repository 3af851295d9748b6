"""Import from a spreadsheet: what would change is shown first, and all rows are taken or none."""

import io
import re
from csv import writer
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from agreements.models import Agreement, Commitment
from networks.models import Membership, MembershipFee
from partners.models import PartnerContact
from portal.site.importing import files
from tests.conftest import make_user

PAGE = "/arbetsrum/import/"


def csv(*rows, encoding="utf-8"):
    text = io.StringIO()
    writer(text, delimiter=";").writerows(rows)
    return SimpleUploadedFile("rader.csv", text.getvalue().encode(encoding))


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("rader.xlsx", content.getvalue())


def hidden(answer, name):
    return re.search(rf'name="{name}" value="([^"]*)"', answer.text)[1]


def look(client, kind, file):
    return client.post(f"{PAGE}{kind}/", {"file": file})


def take(client, kind, shown):
    given = {name: hidden(shown, name) for name in ("rows", "mark")}
    return client.post(f"{PAGE}{kind}/", given)


def outcomes(answer):
    return [line.outcome for line in answer.context["preview"].lines]


def errors(answer):
    return [line.errors for line in answer.context["preview"].lines if line.errors]


CONTACTS = ("Samarbetspartner", "Namn", "Roll", "E-postadress")


@pytest.fixture
def desk(sign_in, officer):
    return sign_in(officer)


@pytest.mark.parametrize("make", [csv, xlsx])
def test_contacts_are_shown_then_taken(desk, partner, make):
    partner.contacts.create(name="Rasa", role="Chef")
    partner.contacts.create(name="Tomas", role="Chef", phone="123")
    shown = look(
        desk, "contacts",
        make(
            CONTACTS,
            ("vilnius", "Rasa", "Direktör", "rasa@example.org"),
            ("Vilniusregionen", "Tomas", "Chef", ""),
            ("vilnius", "Ona", "", ""),
        ),
    )  # fmt: skip
    assert outcomes(shown) == ["changed", "same", "new"]
    assert PartnerContact.objects.count() == 2
    told = shown.context["preview"].lines[0].changes
    assert [(change.column, change.old, change.new) for change in told] == [
        ("Roll", "Chef", "Direktör"), ("E-postadress", "", "rasa@example.org")
    ]  # fmt: skip
    assert take(desk, "contacts", shown).status_code == 302
    found = PartnerContact.objects.order_by("name").values_list("name", "role", "email", "phone")
    assert list(found) == [
        ("Ona", "", "", ""), ("Rasa", "Direktör", "rasa@example.org", ""),
        ("Tomas", "Chef", "", "123"),
    ]  # fmt: skip


def test_one_wrong_row_holds_up_all_and_each_is_told_in_words(desk, partner):
    shown = look(
        desk, "contacts",
        csv(
            CONTACTS,
            ("vilnius", "Rasa", "", ""),
            ("ingenstans", "Ona", "", "inte en adress"),
            ("vilnius", "", "", ""),
            ("vilnius", "Rasa", "Chef", ""),
        ),
    )  # fmt: skip
    assert shown.status_code == 422
    assert outcomes(shown) == ["new", "wrong", "wrong", "wrong"]
    assert errors(shown) == [
        [
            ("Samarbetspartner", "Det finns ingen som heter ”ingenstans”."),
            ("E-postadress", "Ange en giltig mejladress."),
        ],
        [("Namn", "Det här fältet är obligatoriskt.")],
        [("", "Samma står på rad 2.")],
    ]
    assert 'name="rows"' not in shown.text
    assert PartnerContact.objects.count() == 0


def test_the_same_file_again_changes_nothing(desk, partner):
    rows = (CONTACTS, ("vilnius", "Rasa", "Chef", ""))
    take(desk, "contacts", look(desk, "contacts", csv(*rows)))
    again = look(desk, "contacts", csv(*rows))
    assert outcomes(again) == ["same"]
    assert 'name="rows"' not in again.text


def test_what_has_changed_since_is_shown_anew(desk, partner):
    shown = look(desk, "contacts", csv(CONTACTS, ("vilnius", "Rasa", "Chef", "")))
    partner.contacts.create(name="Rasa", role="Direktör")
    answer = take(desk, "contacts", shown)
    assert answer.status_code == 409
    assert outcomes(answer) == ["changed"]
    assert PartnerContact.objects.get().role == "Direktör"
    assert take(desk, "contacts", answer).status_code == 302
    assert PartnerContact.objects.get().role == "Chef"


def test_taking_twice_changes_nothing_more(desk, partner):
    shown = look(desk, "contacts", csv(CONTACTS, ("vilnius", "Rasa", "Chef", "")))
    assert take(desk, "contacts", shown).status_code == 302
    assert take(desk, "contacts", shown).status_code == 409
    assert PartnerContact.objects.count() == 1


def test_rows_cannot_be_forged(desk, partner):
    shown = look(desk, "contacts", csv(CONTACTS, ("vilnius", "Rasa", "Chef", "")))
    rows = hidden(shown, "rows")
    forged = {"rows": rows[:-2] + "xx", "mark": hidden(shown, "mark")}
    assert desk.post(f"{PAGE}contacts/", forged).status_code == 404


class TestMemberships:
    HEADING = ("Nätverk", "Innehas av", "Från", "År", "Avgift", "Källa eller beslut")

    def test_with_their_fees(self, desk, network):
        file = csv(
            self.HEADING,
            ("CPMR", "", "2015-01-01", "2025", "90 000", "KUN 2014-1"),
            ("nsc", "", "", "", "", "Riktlinjerna"),
        )
        assert take(desk, "memberships", look(desk, "memberships", file)).status_code == 302
        fee = MembershipFee.objects.get()
        assert (fee.year, fee.amount) == (2025, Decimal(90_000))
        assert Membership.objects.count() == 2

    def test_next_year_s_fee_comes_beside_the_first(self, desk, network):
        membership = Membership.objects.create(network=network, source="KUN 2014-1")
        membership.fees.create(year=2025, amount=Decimal(90_000))
        shown = look(
            desk, "memberships",
            csv(self.HEADING, ("CPMR", "", "", "2026", "95000,50", "KUN 2014-1")),
        )  # fmt: skip
        assert outcomes(shown) == ["changed"]
        take(desk, "memberships", shown)
        assert list(membership.fees.values_list("year", "amount")) == [
            (2026, Decimal("95000.50")), (2025, Decimal(90_000))
        ]  # fmt: skip

    @pytest.mark.parametrize("fee", ["1,000.50", "1_000", "-5", "１００"])
    def test_an_amount_is_never_guessed(self, desk, network, fee):
        shown = look(desk, "memberships", csv(self.HEADING, ("CPMR", "", "", "2026", fee, "X")))
        assert [column for column, _message in errors(shown)[0]] == ["Avgift"]

    def test_a_fee_needs_its_year(self, desk, network):
        shown = look(desk, "memberships", csv(self.HEADING, ("CPMR", "", "", "", "5", "X")))
        assert outcomes(shown) == ["wrong"]


class TestAgreements:
    HEADING = ("Adress", "Typ", "Titel på svenska", "Parter", "Undertecknat", "Gäller till",
               "Källa till uppgifterna")  # fmt: skip

    def row(self, **given):
        values = {
            "slug": "vilnius-2008", "kind": "Avsiktsförklaring", "title": "Avsikt", "parties":
            "vilnius", "signed": "2008-05", "until": "2012", "source": "Pärm 3", **given,
        }  # fmt: skip
        return tuple(values.values())

    def test_come_in_as_drafts_as_precise_as_they_are_known(self, desk, partner):
        shown = look(desk, "agreements", csv(self.HEADING, self.row()))
        assert outcomes(shown) == ["new"]
        take(desk, "agreements", shown)
        agreement = Agreement.objects.get()
        assert (agreement.kind, agreement.publication) == ("letter_of_intent", "draft")
        version = agreement.versions.get()
        assert (version.state, version.signed_on, version.signed_precision) == (
            "signed", date(2008, 5, 1), "month"
        )  # fmt: skip
        assert (version.valid_until, version.until_precision) == (date(2012, 12, 31), "year")
        assert [party.partner for party in agreement.parties.all()] == [None, partner]
        assert agreement.case.events.get().what == "started"
        assert outcomes(look(desk, "agreements", csv(self.HEADING, self.row()))) == ["same"]

    def test_one_that_stands_otherwise_is_left_alone(self, desk, agreement):
        shown = look(desk, "agreements", csv(self.HEADING, self.row(slug="vilnius-2014")))
        assert outcomes(shown) == ["changed"]
        answer = take(desk, "agreements", shown)
        assert answer.status_code == 422
        assert "Rad 2" in answer.text
        agreement.refresh_from_db()
        assert agreement.title_sv == "Samarbetsavtal med Vilnius"

    @pytest.mark.parametrize(
        ("given", "column"),
        [
            ({"signed": "igår"}, "Undertecknat"),
            ({"until": "2007"}, "Gäller till"),
            ({"kind": "Löfte"}, "Typ"),
            ({"parties": "vilnius; ingen"}, "Parter"),
            ({"slug": "inte en adress"}, "Adress"),
            ({"slug": "bekraftat"}, "Adress"),
        ],
    )
    def test_a_wrong_cell_is_named(self, desk, partner, given, column):
        shown = look(desk, "agreements", csv(self.HEADING, self.row(**given)))
        assert [name for name, _message in errors(shown)[0]] == [column]


class TestCommitments:
    HEADING = ("Avtal", "Samarbetspartner", "Åtar sig att, på svenska", "Perspektiv", "Offentligt",
               "Hur ofta")  # fmt: skip

    def test_of_both_sides(self, desk, agreement, perspectives):
        file = csv(
            self.HEADING,
            ("vilnius-2014", "", "Bjuda in två dansare", "kunskap; paverkan", "ja", "Varje år"),
            ("vilnius-2014", "vilnius", "Ordna en verkstad", "", "", ""),
        )
        take(desk, "commitments", look(desk, "commitments", file))
        ours, theirs = Commitment.objects.all()
        assert (ours.party.partner, ours.rhythm, ours.is_public) == (None, "yearly", True)
        assert [one.slug for one in ours.perspectives.all()] == ["kunskap", "paverkan"]
        assert (theirs.party.partner.slug, theirs.rhythm) == ("vilnius", "once")

    def test_terms_that_were_confirmed_here_are_not_added_to(self, desk, agreement, now):
        agreement.versions.last().keep_terms(now)
        shown = look(desk, "commitments", csv(self.HEADING, ("vilnius-2014", "", "X", "", "", "")))
        assert [column for column, _message in errors(shown)[0]] == ["Avtal"]

    def test_a_stranger_is_no_party(self, desk, agreement, partner):
        type(partner).objects.create(slug="kaunas", name_sv="Kaunas", country="LT")
        row = ("vilnius-2014", "kaunas", "X", "", "", "")
        assert outcomes(look(desk, "commitments", csv(self.HEADING, row))) == ["wrong"]


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("rader.csv", b""),
            ("rader.csv", b"Samarbetspartner;Namn"),
            ("rader.csv", b"a;b\n\x00;c"),
            ("rader.csv", b'a;b\n"c;d'),
            ("rader.pdf", b"%PDF-1.7"),
            ("rader.xlsx", b"PK\x03\x04 not a zip"),
            ("rader.xlsx", b"Samarbetspartner;Namn\nvilnius;Rasa"),
            ("rader.csv", b"a\n" + b"x\n" * (files.MOST_ROWS + 1)),
            ("rader.csv", b"a\n" + b"x" * (files.MOST_BYTES + 1)),
            ("rader.csv", b"a\n" + b"x" * (files.LONGEST_CELL + 1)),
        ],
    )
    def test_what_cannot_be_read_is_said(self, desk, name, content):
        answer = look(desk, "contacts", SimpleUploadedFile(name, content))
        assert answer.status_code == 422
        assert answer.context["form"].errors["file"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_swedish_letters_are_read(self, desk, partner, encoding):
        rows = (CONTACTS, ("vilnius", "Åsa Öst", "", ""))
        assert (
            look(desk, "contacts", csv(*rows, encoding=encoding))
            .context["preview"]
            .lines[0]
            .name.startswith("Åsa Öst")
        )

    def test_columns_that_are_unknown_or_missing_are_named(self, desk):
        answer = look(desk, "contacts", csv(("Namn", "Skonummer"), ("Rasa", "38")))
        assert answer.context["preview"].problems == [
            "Kolumnen ”Skonummer” är okänd.", "Kolumner saknas: Samarbetspartner."
        ]  # fmt: skip

    def test_codes_name_columns_in_any_language(self, desk, partner):
        answer = look(desk, "contacts", csv(("partner", "name"), ("vilnius", "Rasa")))
        assert outcomes(answer) == ["new"]

    def test_an_empty_file_to_fill_in(self, desk):
        content = desk.get(f"{PAGE}contacts/headings.csv").content.decode("utf-8-sig")
        assert content.strip().split(";") == [
            "Samarbetspartner", "Namn", "Roll", "E-postadress", "Telefon"
        ]  # fmt: skip


class TestWho:
    @pytest.mark.parametrize("address", ["", "contacts/", "contacts/headings.csv"])
    def test_only_who_may_make_such_rows(self, client, sign_in, applicant, secretary, address):
        assert client.get(PAGE + address).status_code == 302
        for user in (applicant, secretary):
            assert sign_in(user).get(PAGE + address).status_code == 403

    def test_an_administrator_is_offered_what_administrators_may(self, sign_in, administrator):
        kinds = sign_in(administrator).get(PAGE).context["kinds"]
        assert [kind.slug for kind in kinds] == ["agreements", "memberships", "contacts"]

    def test_another_person_s_preview_is_not_taken_without_the_right(
        self, desk, sign_in, partner, client
    ):
        shown = look(desk, "contacts", csv(CONTACTS, ("vilnius", "Rasa", "Chef", "")))
        nobody = make_user("nobody@example.org", "assessor")
        assert take(sign_in(nobody), "contacts", shown).status_code == 403
        assert PartnerContact.objects.count() == 0

    def test_an_unknown_kind_is_not_found(self, desk):
        assert desk.get(f"{PAGE}skor/").status_code == 404
