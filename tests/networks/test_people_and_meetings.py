"""Who speaks for the region, and meetings: what staff keep, and what never leaks."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from networks.models import Network, NetworkMeeting, Representative
from partners.models import Partner
from tests.admin.forms import send
from tests.admin.test_content import rows

PEOPLE = "/admin/networks/representative/"
MEETINGS = "/admin/networks/networkmeeting/"


@pytest.fixture
def group(ricc):
    return ricc.groups.create(name_sv="Gruppen för museer", name_en="Museum group")


@pytest.fixture
def people(ricc, group, own_body, officer, today):
    """One of each kind; two of them are not to be named."""

    def person(name, **given):
        values = {"kind": "elected", "start": today - timedelta(days=400)} | given
        return ricc.representatives.create(name=name, **values)

    kim = person("Kim Öppen", is_public=True, group=group)
    ada = person("Ada Hemlig", user=officer, end=today + timedelta(days=30))
    return {
        "kim": kim,
        "ada": ada,
        "lo": person(
            "Lo Öppen", is_public=True, substitute_for=ada, end=today + timedelta(days=90)
        ),
        "bo": person("Bo Öppen", is_public=True, substitute_for=kim, kind="staff", body=own_body),
        "gone": person("Gun Förut", is_public=True, end=today - timedelta(days=1)),
        "later": person("Siv Sedan", is_public=True, end=today + timedelta(days=91)),
    }


@pytest.fixture
def meetings(ricc, people, today):
    """One the public reads of, one it does not."""

    def meeting(title, **given):
        values = {
            "title_sv": title, "title_en": title, "starts_on": today - timedelta(days=20),
            "agenda": f"Dagordning {title}", "report_sv": f"Rapport {title}",
            "report_en": f"Report {title}", "reported_on": today,
        } | given  # fmt: skip
        meeting = ricc.meetings.create(**values)
        meeting.attended_by.add(people["ada"])
        meeting.tasks.create(text=f"Uppgift {title}")
        return meeting

    return meeting("Öppet möte", is_public=True), meeting("Slutet möte")


NEVER_TOLD = (
    "Ada Hemlig", "Gun Förut", "officer@example.org", "Slutet möte", "Dagordning Öppet möte",
    "Uppgift Öppet möte",
)  # fmt: skip


class TestThePublic:
    def test_only_what_is_marked_is_told(self, client, sign_in, officer, people, meetings, ricc):
        """The control: what is marked stands there."""
        page = client.get(ricc.get_absolute_url()).content.decode()
        api = client.get("/api/v1/networks/?q=RICC").content.decode()
        for text in ("Kim Öppen", "Lo Öppen", "Bo Öppen", "Siv Sedan"):
            assert text in page
            assert text in api
        assert "Rapport Öppet möte" in page
        partner = client.get("/partner/").content.decode()
        signed_in = sign_in(officer).get(ricc.get_absolute_url()).content.decode()
        told = page + api + partner + signed_in.partition("<main")[2]
        assert [text for text in NEVER_TOLD if text in told] == []

    def test_a_substitute_does_not_betray_for_whom(self, client, people, ricc):
        with translation.override("en"):
            page = client.get(ricc.get_absolute_url()).content.decode()
        assert "Substitute for Kim Öppen" in page
        assert ">Substitute<" in page

    def test_a_body_that_is_a_draft_is_not_named(self, client, people, ricc):
        assert "Kultur i Väst" in client.get(ricc.get_absolute_url()).content.decode()
        Partner.objects.update(publication="draft")
        assert "Kultur i Väst" not in client.get(ricc.get_absolute_url()).content.decode()

    def test_representatives_in_the_api(self, client, people, today):
        told = client.get("/api/v1/networks/ricc/").json()["representatives"]
        assert [person["name"] for person in told] == [
            "Kim Öppen", "Siv Sedan", "Lo Öppen", "Bo Öppen",
        ]  # fmt: skip
        assert told[0] == {
            "name": "Kim Öppen",
            "kind": "elected",
            "group": {"name": {"sv": "Gruppen för museer", "en": "Museum group"}},
            "is_substitute": False,
            "start": (today - timedelta(days=400)).isoformat(),
            "end": None,
            "invented": False,
        }

    def test_a_network_that_is_a_draft_tells_nobody_anything(self, client, people, meetings, ricc):
        Network.objects.update(publication="draft")
        assert client.get(ricc.get_absolute_url()).status_code == 404
        assert client.get("/api/v1/networks/ricc/").status_code == 404
        assert Representative.objects.public().count() == 0
        assert NetworkMeeting.objects.public().count() == 0

    def test_what_is_invented_is_said(self, client, people, ricc):
        notice = "påhittat för demonstrationen"
        assert notice not in client.get(ricc.get_absolute_url()).content.decode()
        Representative.objects.filter(pk=people["kim"].pk).update(invented=True)
        assert notice in client.get(ricc.get_absolute_url()).content.decode()

    def test_the_ten_latest_meetings_are_told(self, client, ricc, today):
        for number in range(12):
            ricc.meetings.create(
                title_sv=f"Möte {number:02}", starts_on=today - timedelta(days=number),
                is_public=True,
            )  # fmt: skip
        page = client.get(ricc.get_absolute_url()).content.decode()
        assert [f"Möte {number:02}" in page for number in range(12)] == [True] * 10 + [False] * 2


class TestMandates:
    def test_those_that_end_within_ninety_days(self, people, today):
        ending = Representative.objects.ending(today).order_by("name")
        assert [person.name for person in ending] == ["Ada Hemlig", "Lo Öppen"]

    @pytest.mark.parametrize(
        ("mandate", "found"),
        [("ending", 2), ("running", 5), ("over", 1), ("nonsense", 6)],
    )
    def test_staff_find_them_by_their_mandate(self, sign_in, officer, people, mandate, found):
        answer = sign_in(officer).get(f"{PEOPLE}?mandate={mandate}")
        assert answer.context["cl"].result_count == found

    def test_a_mandate_does_not_end_before_it_begins(self, people, today):
        with pytest.raises(IntegrityError), transaction.atomic():
            Representative.objects.update(end=date(2000, 1, 1))

    def test_nobody_is_their_own_substitute(self, sign_in, officer, people):
        kim = people["kim"]
        answer = send(sign_in(officer), f"{PEOPLE}{kim.pk}/change/", substitute_for=kim.pk)
        assert "ersättare för sig själv" in answer.content.decode()
        with pytest.raises(IntegrityError), transaction.atomic():
            Representative.objects.filter(pk=kim.pk).update(substitute_for=kim.pk)


class TestStaffKeepPeople:
    def test_a_person_is_written_and_tells_the_network(self, sign_in, officer, ricc, now):
        Network.objects.update(updated_at=now - timedelta(days=9))
        answer = send(
            sign_in(officer), f"{PEOPLE}add/", network=ricc.pk, name="Eva Ny", kind="staff",
            start="2026-01-01", user=officer.email,
        )  # fmt: skip
        assert answer.status_code == 302
        person = Representative.objects.get()
        assert (person.name, person.user, person.is_public) == ("Eva Ny", officer, False)
        ricc.refresh_from_db()
        assert ricc.updated_at >= now
        history = sign_in(officer).get(f"{PEOPLE}{person.pk}/history/")
        assert [entry.history_user for entry in history.context["entries"]] == [officer]

    def test_what_does_not_fit_is_refused_by_field(
        self, sign_in, officer, ricc, network, people, group
    ):
        answer = send(
            sign_in(officer), f"{PEOPLE}add/", network=network.pk, name="Eva Ny", kind="staff",
            start="2026-01-01", end="2025-01-01", user="nobody@example.org",
        )  # fmt: skip
        assert sorted(answer.context["adminform"].form.errors) == ["end", "user"]
        for given in ({"group": group.pk}, {"substitute_for": people["kim"].pk}):
            answer = send(
                sign_in(officer), f"{PEOPLE}add/", network=network.pk, name="Eva Ny", kind="staff",
                start="2026-01-01", **given,
            )  # fmt: skip
            assert list(answer.context["adminform"].form.errors) == list(given)

    def test_others_do_not(self, sign_in, secretary, applicant, people):
        address = f"{PEOPLE}{people['kim'].pk}/change/"
        assert sign_in(secretary).post(address, {"name": "Nytt"}).status_code == 403
        assert sign_in(applicant).get(address).status_code == 302


class TestMeetings:
    @pytest.mark.parametrize(
        ("starts", "ends", "report", "is_missing"),
        [
            (-3, None, None, True), (-3, None, "", True), (-3, None, "Rapport", False),
            (0, None, None, False), (-3, 0, None, False), (-3, -1, None, True),
            (5, None, None, False),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_what_has_been_held_and_not_reported(
        self, ricc, today, starts, ends, report, is_missing, language
    ):
        ricc.meetings.create(
            title_sv="Möte", starts_on=today + timedelta(days=starts), report_sv=report,
            ends_on=None if ends is None else today + timedelta(days=ends), reported_on=None,
        )  # fmt: skip
        with translation.override(language):
            assert NetworkMeeting.objects.unreported(today).exists() is is_missing

    def test_staff_find_what_is_not_reported_and_tasks_not_done(
        self, sign_in, officer, meetings, ricc, today
    ):
        silent = ricc.meetings.create(title_sv="Tyst", starts_on=today - timedelta(days=2))
        meetings[0].tasks.update(done_on=today)

        def found(report):
            answer = sign_in(officer).get(f"{MEETINGS}?report={report}")
            return [meeting.pk for meeting in answer.context["cl"].result_list]

        assert (found("missing"), found("tasks")) == ([silent.pk], [meetings[1].pk])

    def test_a_meeting_is_written_with_its_tasks(self, sign_in, officer, ricc, people):
        answer = send(
            sign_in(officer), f"{MEETINGS}add/", network=ricc.pk, title_sv="Årsmöte",
            starts_on="2026-03-01", attended_by=[people["kim"].pk, people["ada"].pk],
            report_sv="Det gick bra.", reported_on="2026-03-05",
            **rows("tasks", {"text": "Skicka bilder", "responsible": officer.pk}),
        )  # fmt: skip
        assert answer.status_code == 302
        meeting = NetworkMeeting.objects.get()
        assert sorted(person.name for person in meeting.attended_by.all()) == [
            "Ada Hemlig", "Kim Öppen",
        ]  # fmt: skip
        assert (meeting.tasks.get().responsible, meeting.is_public) == (officer, False)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"report_sv": "Det gick bra."}, "reported_on"),
            ({"reported_on": "2026-02-01"}, "reported_on"),
            ({"ends_on": "2026-02-01"}, "ends_on"),
        ],
    )
    def test_what_does_not_fit_is_refused_by_field(self, sign_in, officer, ricc, given, field):
        answer = send(
            sign_in(officer), f"{MEETINGS}add/", network=ricc.pk, title_sv="Årsmöte",
            starts_on="2026-03-01", **given,
        )  # fmt: skip
        assert list(answer.context["adminform"].form.errors) == [field]

    def test_others_do_not(self, sign_in, secretary, applicant, meetings):
        address = f"{MEETINGS}{meetings[0].pk}/change/"
        assert sign_in(secretary).post(address, {"title_sv": "Nytt"}).status_code == 403
        assert sign_in(applicant).get(address).status_code == 302
