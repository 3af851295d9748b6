"""What falls due: gathered from every app, read by staff, in their calendar, and by mail."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from agreements.models import AgreementVersion, Review
from networks.models import NetworkMeeting, Observation, Representative
from portal.core.models import Reminder
from portal.site import calendar
from portal.site.falling_due import Due, falling_due
from portal.site.reminders import send_reminders
from tests.conftest import make_user
from tests.races import all_at_once, kinds_of_failure


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def ending(agreement, today):
    """The agreement ends in thirty days, and notice is to be given within a week."""
    AgreementVersion.objects.filter(agreement=agreement, number=2).update(
        valid_until=today + timedelta(days=30), notice_on=today + timedelta(days=7)
    )
    agreement.follow_versions()
    return agreement


@pytest.fixture
def everything(ending, network, officer, partner, today):
    """One of each kind; the days say in which order they come."""

    def day(number):
        return today + timedelta(days=number)

    Review.objects.create(agreement=ending, year=today.year, due_on=day(20))
    party = ending.parties.last()
    last = ending.versions.last()
    ending.commitments.create(version=last, party=party, text_sv="Bjuda in", due_on=day(21))
    last.review_month = day(60).month
    last.save()
    Representative.objects.create(
        network=network, name="Eva Sten", kind="elected", start=day(-900), end=day(22)
    )
    network.memberships.create(source="Beslut", notice_on=day(23), end=day(24))
    meeting = NetworkMeeting.objects.create(network=network, title_sv="Årsmöte", starts_on=day(-3))
    meeting.tasks.create(text="Skriv", responsible=officer, due_on=day(25))
    partner.interactions.create(
        kind="visit", on=day(-3), about="Besök", follow_up="Ring", follow_up_on=day(26),
        noted_by=officer,
    )  # fmt: skip
    Observation.objects.create(
        kind="consultation", title_sv="Remiss", level="eu", source="EU", observed_on=day(-1),
        deadline=day(27), relevance=Observation.Relevance.ACT, noted_by=officer,
    )  # fmt: skip
    return ending


def abouts(first, last):
    return [due.about.partition(":")[0] + ":" + due.about.rpartition(":")[2]
            if due.about.count(":") > 1 else due.about.partition(":")[0]
            for due in falling_due(first, last)]  # fmt: skip


def test_every_kind_is_gathered_in_order_of_time(everything, today):
    found = abouts(today, today + timedelta(days=40))
    assert found == [
        "version:notice", "review", "commitment", "representative:mandate", "membership:notice",
        "membership:end", "task", "interaction", "observation:deadline", "agreement:expiry",
    ]  # fmt: skip


def test_nothing_is_gathered_outside_the_days(everything, today):
    assert abouts(today + timedelta(days=31), today + timedelta(days=40)) == []
    assert abouts(today - timedelta(days=2), today - timedelta(days=1)) == []


def test_a_review_that_nobody_has_begun_is_due_once_a_year(ending, today):
    version = ending.versions.last()
    version.review_month = 3
    version.valid_until = date(today.year + 5, 12, 31)
    version.save()
    ending.reviews.create(year=today.year + 1, due_on=date(today.year + 1, 3, 31))
    ending.reviews.update(state="closed", closed_at=timezone.now())
    dues = falling_due(date(today.year + 1, 1, 1), date(today.year + 2, 12, 31))
    reviews = [due.on for due in dues if "review" in due.about]
    assert reviews == [date(today.year + 2, 3, 31)]


def test_a_terminated_agreement_and_a_draft_s_promises_fall_not_due(everything, today):
    everything.versions.filter(number=2).update(state="terminated", terminated_on=today)
    everything.follow_versions()
    everything.commitments.update(version=everything.versions.create(number=3, kind="renewal"))
    found = abouts(today, today + timedelta(days=40))
    assert {"agreement:expiry", "version:notice", "commitment"} & set(found) == set()


@pytest.mark.django_db
class TestTheWorkroom:
    def test_shows_staff_what_falls_due(self, sign_in, everything, secretary):
        answer = sign_in(secretary).get("/arbetsrum/")
        headings = [str(heading) for heading, _dues in answer.context["parts"]]
        assert headings == ["Inom en vecka", "Inom en månad", "Inom tre månader"]

    def test_is_closed_to_all_others(self, client, sign_in, everything, applicant, member):
        assert client.get("/arbetsrum/").status_code == 302
        for user in (applicant, member):
            assert sign_in(user).get("/arbetsrum/").status_code == 403

    def test_says_so_where_nothing_falls_due(self, sign_in, officer):
        assert "Inget förfaller inom ett år." in sign_in(officer).get("/arbetsrum/").text

    def test_costs_the_same_however_much_falls_due(
        self, sign_in, everything, officer, today, django_assert_max_num_queries
    ):
        client = sign_in(officer)
        party, version = everything.parties.last(), everything.versions.last()
        for number in range(60):
            everything.commitments.create(
                version=version, party=party, text_sv=f"{number}",
                due_on=today + timedelta(days=number),
            )  # fmt: skip
        with django_assert_max_num_queries(15):
            assert client.get("/arbetsrum/").status_code == 200

    def test_shows_the_first_of_many_and_leads_on(self, sign_in, everything, officer, today):
        everything.commitments.model.objects.bulk_create(
            everything.commitments.model(
                agreement=everything, version=everything.versions.last(),
                party=everything.parties.last(), text_sv=f"Nummer {number:03}",
                due_on=today + timedelta(days=8),
            )
            for number in range(60)
        )  # fmt: skip
        html = sign_in(officer).get("/arbetsrum/").text
        part = html.partition("<h2>Inom en månad</h2>")[2].partition("</section>")[0]
        assert part.count('<th scope="row">') == 50
        assert "Nummer 049" in part
        assert "Nummer 050" not in part
        others = len(falling_due(today + timedelta(days=8), today + timedelta(days=30))) - 60
        assert f'<p class="more">och {10 + others} till. <a href="/arbetsrum/avtal/">' in part
        assert html.count('class="more"') == 1

    def test_costs_the_same_queries_for_one_commitment_and_for_many(
        self, sign_in, everything, officer, today
    ):
        client = sign_in(officer)
        client.get("/arbetsrum/")
        few = self.queries(client)
        party, version = everything.parties.last(), everything.versions.last()
        for number in range(60):
            everything.commitments.create(
                version=version, party=party, text_sv=f"{number}",
                due_on=today + timedelta(days=number),
            )  # fmt: skip
        assert self.queries(client) == few

    def queries(self, client):
        with CaptureQueriesContext(connection) as asked:
            client.get("/arbetsrum/")
        return len(asked)


@pytest.mark.parametrize("who", ["the committee", "a partner", "named in the terms"])
def test_a_commitment_is_called_as_its_models_say(ending, today, who):
    """Its row is read without them."""
    party = ending.parties.exclude(partner=None).get()
    if who == "the committee":
        party = ending.parties.get(partner=None)
    if who == "named in the terms":
        party.name = "Vilnius stad"
        party.save()
    one = ending.commitments.create(
        version=ending.versions.last(), party=party, text_sv="Bjuda in", text_en="", due_on=today
    )
    (due,) = (due for due in falling_due(today, today) if due.about.startswith("commitment"))
    assert due.title == f"{ending}: {one}"
    assert due.what == f"åtagande av {party}"
    assert due.url == reverse("admin:agreements_commitment_change", args=[one.pk])
    assert due.people == ({ending.case.officer_id} if ending.case.officer_id else set())


class TestTheCalendar:
    def feed(self, client, user):
        return client.get(calendar.address(user).removeprefix("https://portal.example.org"))

    def test_holds_a_day_for_each(self, client, everything, officer, today):
        read = Calendar.from_ical(self.feed(client, officer).content)
        days = {str(event["summary"]): event.decoded("dtstart") for event in read.walk("VEVENT")}
        assert days["Samarbetsavtal med Vilnius: löper ut"] == today + timedelta(days=30)
        due = falling_due(today - calendar.BEHIND, today + calendar.AHEAD)
        assert len(read.walk("VEVENT")) == len(due)

    def test_holds_of_many_those_nearest_to_the_day(self, today):
        def days(count, sign):
            return [today + timedelta(days=sign * number) for number in range(count)]

        dues = [Due(day, "", "", "", "") for day in sorted({*days(900, 1), *days(300, -1)})]
        found = [due.on for due in calendar.nearest(dues, today)]
        assert found == sorted({*days(800, 1), *days(201, -1)})

    def test_names_each_the_same_every_time(self, client, everything, officer):
        first, second = (
            [str(event["uid"]) for event in Calendar.from_ical(feed.content).walk("VEVENT")]
            for feed in (self.feed(client, officer), self.feed(client, officer))
        )
        assert first == second
        assert len(set(first)) == len(first)

    @pytest.mark.parametrize("change", ["password", "staff", "active", "roles"])
    def test_ends_with_the_password_or_the_place(self, client, officer, change):
        address = calendar.address(officer).removeprefix("https://portal.example.org")
        assert client.get(address).status_code == 200
        match change:
            case "password":
                officer.set_password("another long password")
            case "staff":
                officer.is_staff = False
            case "active":
                officer.is_active = False
            case "roles":
                officer.groups.clear()
        officer.save()
        assert client.get(address).status_code == 404

    def test_a_guess_opens_nothing(self, client, officer):
        address = reverse("staff_calendar", args=["WzEsImFiYyJd:1x:abcdef"])
        assert client.get(address).status_code == 404


class TestReminders:
    def test_are_written_once_for_each_stage(self, everything, officer, now, today):
        assert send_reminders(now) == 1
        stages = dict(Reminder.objects.values_list("about", "days_before"))
        assert stages[f"agreement:{everything.pk}:expiry"] == 30
        assert stages[f"version:{everything.versions.last().pk}:notice"] == 7
        assert send_reminders(now) == 0
        assert send_reminders(now + timedelta(days=24)) == 1
        later = Reminder.objects.filter(about=f"agreement:{everything.pk}:expiry")
        assert sorted(later.values_list("days_before", flat=True)) == [7, 30]

    def test_a_day_without_a_run_loses_none(self, ending, officer, now):
        """Thirty days before had been yesterday."""
        send_reminders(now + timedelta(days=2))
        expiry = Reminder.objects.filter(about__endswith="expiry")
        assert list(expiry.values_list("days_before", flat=True)) == [30]

    def test_go_to_the_case_s_officer_or_to_all(self, ending, officer, now):
        other = make_user("other@example.org", "officer", staff=True)
        ending.case.officer = other
        ending.case.save()
        send_reminders(now)
        assert set(Reminder.objects.values_list("user", flat=True)) == {other.pk}
        ending.case.officer = None
        ending.case.save()
        send_reminders(now)
        assert set(Reminder.objects.values_list("user", flat=True)) == {other.pk, officer.pk}

    def test_speak_the_person_s_language_and_link_to_the_site(
        self, ending, officer, now, django_capture_on_commit_callbacks
    ):
        officer.language = "en"
        officer.save()
        with django_capture_on_commit_callbacks(execute=True):
            send_reminders(now)
        (message,) = mail.outbox
        assert message.subject == "What falls due"
        assert "Agreement with Vilnius, expires" in message.body
        assert "https://portal.example.org/en/workroom/" in message.body

    def test_nobody_is_told_of_nothing(self, officer, now, db):
        assert send_reminders(now) == 0
        assert mail.outbox == []

    def test_the_command_says_how_many(self, ending, officer, capsys):
        call_command("send_reminders")
        assert capsys.readouterr().out == "1 mails written\n"

    @pytest.mark.race
    @pytest.mark.django_db(transaction=True)
    def test_two_runs_at_once_tell_nobody_twice(self, ending, officer, now):
        results = all_at_once(*[lambda: send_reminders(now)] * 8)
        assert kinds_of_failure(results) == set()
        assert sum(results) == 1
        assert Reminder.objects.count() == 2
