"""The notice board: put up by the secretary, up to the last day of the appeal, never shorter."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from portal.committee.models import Adjustment, Decision, Meeting, Notice
from tests.cases.test_append_only import refused
from tests.committee.conftest import GRANTED

BOARD = "/anslagstavla/"
WHERE = "Registrator, Residenset, Vänersborg"


@pytest.fixture
def clock(monkeypatch):
    """Moves the day, at noon, for everything that asks for it."""

    def move(day: date):
        noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
        return noon

    return move


def boards(client):
    """What stands under each heading of the board."""
    text = client.get(BOARD).text
    up, _heading, earlier = text.partition("<h2>Tidigare</h2>")
    return "Protokoll från sammanträdet" in up, "Protokoll från sammanträdet" in earlier


@pytest.mark.parametrize(
    ("up_from", "last_day"),
    [
        (date(2026, 12, 3), date(2026, 12, 28)),  # Christmas Eve, the holidays and a week-end
        (date(2026, 12, 10), date(2027, 1, 4)),  # New Year's Eve
        (date(2026, 5, 29), date(2026, 6, 22)),  # Midsummer's Eve
        (date(2028, 2, 8), date(2028, 2, 29)),  # the leap day
        (date(2026, 11, 24), date(2026, 12, 15)),
    ],
)
def test_comes_down_by_itself_after_the_last_day(client, secretary, clock, up_from, last_day):
    meeting = Meeting.objects.create(
        begins_at=timezone.make_aware(datetime(2026, 1, 7, 13)), place="-", state="adjusted"
    )
    at = clock(up_from)
    Notice.objects.announce(by=secretary, at=at, where=WHERE, meeting=meeting)
    assert meeting.notice.appeal_ends_on == last_day
    assert boards(client) == (True, False)
    clock(last_day)
    assert boards(client) == (True, False)
    assert len(client.get("/feeds/notices.atom").text.split("<entry>")) == 2
    clock(last_day + timedelta(days=1))
    assert boards(client) == (False, True)
    assert "<entry>" not in client.get("/feeds/notices.atom").text
    assert "Tiden för överklagande gick ut" in client.get(meeting.notice.get_absolute_url()).text


def test_is_never_taken_down_by_hand(adjusted, secretary, now):
    Notice.objects.announce(by=secretary, at=now, where=WHERE, meeting=adjusted)
    before = list(Notice.objects.values())
    for sql in (
        "UPDATE committee_notice SET appeal_ends_on = '2020-01-01'", "DELETE FROM committee_notice",
    ):  # fmt: skip
        assert "committee_notice is append-only" in refused(sql)
    assert list(Notice.objects.values()) == before


class TestTheSecretary:
    @pytest.fixture
    def address(self, adjusted):
        return reverse("announce_meeting", args=[adjusted.pk])

    def test_puts_it_up_once_with_its_minutes(self, client, sign_in, secretary, adjusted, address):
        waiting = reverse("to_announce")
        page = sign_in(secretary).get(waiting).text
        assert (address in page, "Försenat" in page) == (True, False)
        assert client.post(address, {"where": ""}).status_code == 422
        given = {"where": WHERE, "shows_minutes": "on"}
        first, again = client.post(address, given), client.post(address, given)
        notice = Notice.objects.get()
        assert (first.url, again.url) == (notice.get_absolute_url(), notice.get_absolute_url())
        assert address not in client.get(waiting).text
        client.logout()
        shown = client.get(notice.get_absolute_url()).text
        assert WHERE in shown
        answer = client.get(reverse("notice_minutes", args=[notice.pk]))
        reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
        text = " ".join(page.extract_text() for page in reader.pages)
        assert "Kopia för webben" in " ".join(text.split())

    def test_may_keep_the_minutes_off_the_web(self, client, secretary, adjusted, now):
        notice = Notice.objects.announce(by=secretary, at=now, where=WHERE, meeting=adjusted)
        assert client.get(reverse("notice_minutes", args=[notice.pk])).status_code == 404
        assert "PDF" not in client.get(notice.get_absolute_url()).text

    def test_is_told_what_is_late(self, sign_in, secretary, adjusted, clock, now):
        for days, late in ((2, False), (3, True)):
            clock(timezone.localdate(now) + timedelta(days=days))
            assert ("Försenat" in sign_in(secretary).get(reverse("to_announce")).text) == late

    def test_alone(self, sign_in, committee, officer, applicant, address, adjusted):
        for user in (committee["chair"], officer, applicant):
            assert sign_in(user).get(reverse("to_announce")).status_code == 403
            assert sign_in(user).post(address, {"where": WHERE}).status_code == 403
        assert not Notice.objects.exists()

    def test_not_before_the_minutes_are_adjusted(self, sign_in, secretary, closed):
        address = reverse("announce_meeting", args=[closed.pk])
        assert sign_in(secretary).post(address, {"where": WHERE}).status_code == 409

    def test_announces_a_section_that_was_adjusted_at_once(
        self, sign_in, secretary, committee, closed, now
    ):
        item = closed.items.get(kind="proposals")
        address = reverse("announce_section", args=[item.pk])
        assert sign_in(secretary).post(address, {"where": WHERE}).status_code == 409
        for name in ("chair", "first"):
            Adjustment.objects.adjust(closed, item=item, by=committee[name], at=now)
        assert address in sign_in(secretary).get(reverse("to_announce")).text
        answer = sign_in(secretary).post(address, {"where": WHERE, "shows_minutes": "on"})
        assert "§ 1 vid sammanträdet" in sign_in(secretary).get(answer.url).text
        assert Decision.objects.get().announcement == item.notice

    def test_announces_a_delegated_decision_that_is_not_reported(
        self, sign_in, proposal, delegation_point, officer, secretary, now
    ):
        delegation_point.is_reported = False
        delegation_point.save()
        proposal.delegation_point = delegation_point
        proposal.save()
        proposal.decide_by_delegation(by=officer, at=now, **GRANTED)
        decision = Decision.objects.get()
        address = reverse("announce_decision", args=[decision.pk])
        client = sign_in(secretary)
        assert address in client.get(reverse("to_announce")).text
        in_admin = reverse("admin:committee_decision_change", args=[decision.pk])
        assert address in client.get(in_admin).text
        assert client.post(address, {"where": WHERE}).status_code == 302
        notice = decision.notice
        assert f"Delegationsbeslut i {proposal.case.number}" in client.get(BOARD).text
        assert notice.get_absolute_url() in client.get(decision.get_absolute_url()).text

    def test_no_other_decision_alone(self, awarded, secretary, now):
        with pytest.raises(ValidationError):
            Notice.objects.announce(by=secretary, at=now, where=WHERE, decision=awarded.decision)

    def test_others_not_even_through_the_verb(self, adjusted, officer, now):
        with pytest.raises(PermissionDenied):
            Notice.objects.announce(by=officer, at=now, where=WHERE, meeting=adjusted)


def test_earlier_ones_stand_by_year_in_pages(client, secretary, clock):
    for number in range(52):
        day = date(2024, 11, 1) + timedelta(days=number)
        meeting = Meeting.objects.create(
            begins_at=timezone.make_aware(datetime(2024, 10, 1, 9)), place="-", state="adjusted"
        )
        noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
        Notice.objects.announce(by=secretary, at=noon, where=WHERE, meeting=meeting)
    clock(date(2026, 1, 7))
    first = client.get(BOARD)
    assert (first.text.count('class="row"'), "<h3>2024</h3>" in first.text) == (50, True)
    second = client.get(BOARD, {"cursor": first.context["page"].next})
    assert (second.text.count('class="row"'), "Uppe nu" in second.text) == (2, False)
    assert client.get(BOARD, {"cursor": "nonsense"}).status_code == 400
