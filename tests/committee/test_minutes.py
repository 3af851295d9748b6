"""The minutes: told on a page, adjusted by the two, and kept from then on as an accessible PDF."""

import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from pypdf import PdfReader

from grants.models import Application
from portal.cases.models import Conflict
from portal.committee.models import Adjustment, Decision, Minutes
from tests.cases.test_append_only import refused
from tests.committee.conftest import GRANTED


def read(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content, PdfReader(BytesIO(content))


def text_of(reader):
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def press(client, name, *keys):
    return client.post(reverse(name, args=keys)).status_code


@pytest.fixture
def page(closed):
    return reverse("meeting_minutes", args=[closed.pk])


@pytest.fixture
def document(closed):
    return reverse("meeting_minutes_pdf", args=[closed.pk])


class TestAdjusting:
    def test_both_find_them_right_and_they_are_kept(
        self, sign_in, committee, closed, page, document
    ):
        for number, name in enumerate(("chair", "first"), 1):
            client = sign_in(committee[name])
            assert "Justera protokollet" in client.get(page).text
            assert press(client, "adjust_minutes", closed.pk) == 302
            assert press(client, "adjust_minutes", closed.pk) == 302  # again: nothing new
            assert (closed.adjustments.count(), Minutes.objects.count()) == (number, number - 1)
        closed.refresh_from_db()
        assert closed.state == "adjusted"
        kept = closed.minutes
        shown = client.get(page).text
        assert (kept.sha256 in shown, "Justera protokollet" in shown) == (True, False)
        content, _reader = read(client.get(document))
        assert hashlib.sha256(content).hexdigest() == kept.sha256
        assert read(client.get(document))[0] == content

    @pytest.mark.parametrize(("who", "status"), [("second", 403), ("secretary", 403)])
    def test_only_by_the_two(self, request, sign_in, committee, closed, page, who, status):
        client = sign_in(committee.get(who) or request.getfixturevalue(who))
        assert "Justera protokollet" not in client.get(page).text
        assert press(client, "adjust_minutes", closed.pk) == status
        assert closed.adjustments.count() == 0

    def test_not_by_those_who_were_not_summoned(self, sign_in, closed, officer, page, applicant):
        for user in (officer, applicant):
            assert sign_in(user).get(page).status_code == 404
            assert press(sign_in(user), "adjust_minutes", closed.pk) == 404

    def test_not_before_the_meeting_is_closed(self, sign_in, committee, in_session, summoned):
        assert press(sign_in(committee["chair"]), "adjust_minutes", in_session.pk) == 409

    def test_one_section_at_once(self, sign_in, committee, item, proposal, secretary, now):
        meeting = item.meeting
        keys = (meeting.pk, item.pk)
        assert press(sign_in(committee["chair"]), "adjust_section", *keys) == 409
        item.decide(by=secretary, at=now, text="Beviljas.", outcomes={proposal: GRANTED})
        for name in ("chair", "first"):
            client = sign_in(committee[name])
            assert "Justera § 1 omedelbart" in client.get(meeting_page(meeting)).text
            assert press(client, "adjust_section", *keys) == 302
        assert "Justera § 1 omedelbart" not in client.get(meeting_page(meeting)).text
        meeting.refresh_from_db()
        assert (meeting.state, item.minutes.meeting) == ("open", None)
        content, reader = read(client.get(reverse("section_extract", args=keys)))
        assert hashlib.sha256(content).hexdigest() == item.minutes.sha256
        assert "Utkast" not in text_of(reader)
        assert "§ 2" not in text_of(reader)

    def test_nobody_adjusts_a_section_that_they_are_barred_from(
        self, sign_in, committee, closed, proposal, now
    ):
        Conflict.objects.declare(proposal.case, ground="agent", by=committee["first"], at=now)
        client, item = sign_in(committee["first"]), closed.items.get(kind="proposals")
        assert press(client, "adjust_section", closed.pk, item.pk) == 404
        with pytest.raises(PermissionDenied):
            Adjustment.objects.adjust(closed, item=item, by=committee["first"], at=now)
        shown = client.get(meeting_page(closed)).text
        assert ("Du deltar inte i det här ärendet." in shown, "för dyrt" in shown) == (True, False)


def meeting_page(meeting):
    return reverse("meeting_minutes", args=[meeting.pk])


class TestTheDocument:
    def test_is_accessible_and_says_who_did_what(
        self, sign_in, committee, adjusted, document, proposal, now
    ):
        day = date_format(adjusted.held_on, "j F Y")
        with translation.override("en"):
            document = reverse("meeting_minutes_pdf", args=[adjusted.pk])
            _content, reader = read(sign_in(committee["second"]).get(document))
        root = reader.trailer["/Root"]
        assert (root["/Lang"], reader.metadata.title) == ("sv", f"Protokoll {day}")
        assert root["/MarkInfo"]["/Marked"]
        assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
        text = text_of(reader)
        for said in (
            "Residenset", f"Chair, ordförande Justerat {day}", f"First, ledamot Justerat {day}",
            "Chair och First", "§ 1 Ansökan", "§§ 1–2", "Nämnden beviljar.",
            "Third deltar inte och har lämnat rummet; Stand_In tjänstgör.",
            "Other_Stand_In Ersättare, tjänstgör inte", "Second: Avslag.", "Ja: 3. Nej: 2.",
            "Second: Det är för dyrt.", proposal.case.number, "Dans över havet", "15 000 kr",
            "Chair, Vice, First, Second, Stand_In", "Ärendet bordläggs",
        ):  # fmt: skip
            assert said in text, (said, text)
        assert "UTKAST" not in text

    def test_is_a_draft_before(self, sign_in, secretary, closed, document):
        _content, reader = read(sign_in(secretary).get(document))
        until = date_format(closed.adjust_by, "j F Y")
        text = text_of(reader)
        assert "Utkast: protokollet är inte justerat." in text
        assert f"Ännu inte justerat, justeras senast {until}" in text

    def test_is_never_changed(self, adjusted):
        before = list(Minutes.objects.values())
        for sql in (
            "UPDATE committee_minutes SET sha256 = ''",
            "DELETE FROM committee_minutes",
            "UPDATE committee_adjustment SET adjusted_at = NULL",
            "DELETE FROM committee_adjustment",
        ):
            assert "is append-only" in refused(sql)
        assert list(Minutes.objects.values()) == before


class TestTheExtract:
    @pytest.fixture
    def address(self, closed):
        return reverse("decision_extract", args=[Decision.objects.get().pk])

    def test_is_for_the_parties_and_the_officer_when_adjusted(
        self, sign_in, applicant, officer, other_applicant, address, adjusted, proposal
    ):
        own = Application.objects.get()
        assert address in sign_in(applicant).get(own.get_absolute_url()).text
        _content, reader = read(sign_in(applicant).get(address))
        text = text_of(reader)
        assert ("§ 1 Ansökan" in text, "§ 2" in text, "Dans över havet" in text) == (1, 0, 1)
        in_admin = reverse("admin:grants_application_change", args=[own.pk])
        assert address in sign_in(officer).get(in_admin).text
        assert sign_in(officer).get(address).status_code == 200
        assert sign_in(other_applicant).get(address).status_code == 404

    def test_not_before(self, sign_in, applicant, address):
        own = Application.objects.get()
        assert address not in sign_in(applicant).get(own.get_absolute_url()).text
        assert sign_in(applicant).get(address).status_code == 404
