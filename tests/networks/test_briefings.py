"""From what is observed outside to a briefing that is read, mailed and followed."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from networks.models import Briefing, Observation, OptedOut, Subscriber
from networks.models.subscribers import CONFIRM_WITHIN, readers
from portal.core.models import Mail
from tests.races import all_at_once, kinds_of_failure

LIST = "/omvarld/"


def observe(officer, title="Samråd", relevance=2, **given):
    texts = {
        f"{name}_{code}": f"{title} {code}"
        for name in ("title", "summary")
        for code in ("sv", "en")
    }
    return Observation.objects.create(
        kind="consultation", level="eu", source="Kommissionen", observed_on=date(2026, 11, 1),
        relevance=relevance, noted_by=officer, **{**texts, **given},
    )  # fmt: skip


@pytest.fixture
def observation(officer, perspectives):
    observation = observe(officer)
    observation.perspectives.add(perspectives[3])
    return observation


@pytest.fixture
def draft(observation):
    briefing = Briefing.objects.create(
        slug="november",
        title_sv="November",
        title_en="November en",
        intro_sv="Kort",
        intro_en="Short",
    )
    briefing.items.create(observation=observation)
    return briefing


@pytest.fixture
def briefing(draft, officer, now):
    return draft.publish(by=officer, at=now)


class TestPublishing:
    def test_puts_it_on_its_day(self, draft, officer, now):
        assert draft.publish(by=officer, at=now).published_at == now

    def test_again_keeps_the_first_day(self, briefing, officer, now):
        first = briefing.published_at
        briefing.unpublish(by=officer, at=now)
        assert briefing.publish(by=officer, at=now + timedelta(days=3)).published_at == first

    @pytest.mark.parametrize("lacking", ["title_en", "intro_sv"])
    def test_asks_for_both_languages(self, draft, officer, now, lacking):
        Briefing.objects.filter(pk=draft.pk).update(**{lacking: ""})
        with pytest.raises(ValidationError):
            draft.publish(by=officer, at=now)

    def test_asks_for_both_languages_of_each_observation(self, draft, officer, now):
        Observation.objects.update(summary_en="")
        with pytest.raises(ValidationError, match="Samråd sv"):
            draft.publish(by=officer, at=now)

    def test_asks_for_an_observation_and_its_perspective(self, draft, officer, now):
        Observation.objects.get().perspectives.clear()
        with pytest.raises(ValidationError):
            draft.publish(by=officer, at=now)
        draft.items.all().delete()
        with pytest.raises(ValidationError):
            draft.publish(by=officer, at=now)

    def test_is_not_for_everybody(self, draft, secretary, applicant, now):
        for user in (secretary, applicant):
            with pytest.raises(PermissionDenied):
                draft.publish(by=user, at=now)


class TestGathering:
    def test_makes_a_draft_with_the_most_relevant_first(self, sign_in, officer, perspectives):
        late = observe(officer, "Sent", 3, deadline=date(2027, 3, 1))
        soon = observe(officer, "Snart", 3, deadline=date(2026, 12, 1))
        some = observe(officer, "Något", 1)
        answer = sign_in(officer).post(
            "/admin/networks/observation/",
            {"action": "gather", "_selected_action": [late.pk, some.pk, soon.pk]},
        )
        briefing = Briefing.objects.get()
        assert answer.url == f"/admin/networks/briefing/{briefing.pk}/change/"
        assert [item.observation for item in briefing.items.all()] == [soon, late, some]
        assert briefing.publication == "draft"

    def test_twice_a_day_makes_two(self, officer, observation, now):
        both = [Briefing.objects.gather(Observation.objects.all(), now) for _n in range(2)]
        assert len({briefing.slug for briefing in both}) == 2

    def test_what_is_told_is_told_apart(self, draft, observation, officer):
        another = observe(officer, "Annat")
        assert list(Observation.objects.told()) == [observation]
        assert list(Observation.objects.not_yet_told()) == [another]


class TestReading:
    @pytest.mark.parametrize(("prefix", "title"), [("", "November"), ("/en", "November en")])
    def test_in_both_languages(self, client, briefing, prefix, title):
        address = f"{prefix}/briefings/november/" if prefix else f"{LIST}november/"
        page = client.get(address).text
        assert f"<h1>{title}</h1>" in page
        assert ("Samråd en" if prefix else "Samråd sv") in page

    def test_a_draft_is_for_staff(self, client, sign_in, draft, officer, applicant):
        assert client.get(f"{LIST}november/").status_code == 404
        assert sign_in(applicant).get(f"{LIST}november/").status_code == 404
        assert sign_in(officer).get(f"{LIST}november/").status_code == 200
        assert "November" not in client.get(LIST).text

    @pytest.mark.parametrize(("slug", "found"), [("paverkan", ["november"]), ("kunskap", [])])
    def test_the_perspective_chooses_on_page_and_api(self, client, briefing, slug, found):
        page = client.get(LIST, {"perspective": slug}).text
        results = page[page.index('id="results"') :]
        assert re.findall(rf'href="{LIST}([a-z]+)/"><?', results) == found
        rows = client.get("/api/v1/briefings/", {"perspective": slug}).json()["results"]
        assert [row["slug"] for row in rows] == found

    def test_a_briefing_names_no_goal(self, client, briefing, goal):
        assert client.get(LIST, {"goal": goal.slug}).status_code == 400

    def test_the_feed_links_to_the_site(self, client, briefing):
        feed = client.get("/feeds/briefings.atom")
        assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert "https://portal.example.org/omvarld/november/" in feed.text
        english = client.get("/en/feeds/briefings.atom").text
        assert "https://portal.example.org/en/briefings/november/" in english

    def test_an_observation_alone_is_nowhere(self, client, observation):
        for address in (LIST, "/feeds/briefings.atom", "/api/v1/briefings/"):
            assert "Samråd" not in client.get(address).text


class TestMailing:
    def send(self, briefing, officer, now, capture):
        with capture(execute=True):
            briefing.mail_out(by=officer, at=now)
        return {message.to[0]: message for message in mail.outbox}

    @pytest.fixture
    def people(self, member, secretary, applicant, now):
        """A member, a secretary, somebody who applies; three of the public in three states."""
        Subscriber.objects.create(
            email="ja@example.org", asked_at=now, confirmed_at=now, language="en"
        )
        Subscriber.objects.create(email="kanske@example.org", asked_at=now)
        Subscriber.objects.create(email=member.email, asked_at=now, confirmed_at=now)

    def test_goes_to_staff_members_and_confirmed_subscribers_once(
        self, briefing, officer, people, now, django_capture_on_commit_callbacks
    ):
        sent = self.send(briefing, officer, now, django_capture_on_commit_callbacks)
        assert sorted(sent) == [
            "ja@example.org", "member@example.org", "officer@example.org", "secretary@example.org"
        ]  # fmt: skip
        assert len(mail.outbox) == 4
        assert sent["ja@example.org"].subject == "November en"
        assert "Samråd en" in sent["ja@example.org"].body
        assert sent["member@example.org"].subject == "November"

    def test_carries_the_way_out(
        self, client, briefing, officer, people, now, django_capture_on_commit_callbacks
    ):
        sent = self.send(briefing, officer, now, django_capture_on_commit_callbacks)
        header = sent["ja@example.org"].extra_headers["List-Unsubscribe"]
        url = header.strip("<>")
        assert url in sent["ja@example.org"].body
        path = url.removeprefix("https://portal.example.org")
        assert client.get(path).status_code == 200
        assert Subscriber.objects.filter(email="ja@example.org").exists()
        for _twice in range(2):
            assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert not Subscriber.objects.filter(email="ja@example.org").exists()

    def test_staff_can_leave_too(
        self, client, briefing, officer, people, now, django_capture_on_commit_callbacks
    ):
        sent = self.send(briefing, officer, now, django_capture_on_commit_callbacks)
        url = sent["secretary@example.org"].extra_headers["List-Unsubscribe"].strip("<>")
        client.post(url.removeprefix("https://portal.example.org"))
        assert OptedOut.objects.get().user.email == "secretary@example.org"
        assert "secretary@example.org" not in {reader.email for reader in readers()}

    def test_once(self, briefing, officer, now):
        briefing.mail_out(by=officer, at=now)
        with pytest.raises(ValidationError):
            briefing.mail_out(by=officer, at=now)

    def test_not_a_draft_and_not_by_everybody(self, draft, officer, secretary, now):
        with pytest.raises(PermissionDenied):
            draft.mail_out(by=secretary, at=now)
        with pytest.raises(Exception, match="Utkast"):
            draft.mail_out(by=officer, at=now)
        assert Mail.objects.count() == 0

    @pytest.mark.race
    @pytest.mark.django_db(transaction=True)
    def test_many_at_once_mail_it_once(self, briefing, officer, now):
        copies = [Briefing.objects.get(pk=briefing.pk) for _n in range(10)]
        results = all_at_once(*(lambda one=one: one.mail_out(by=officer, at=now) for one in copies))
        assert kinds_of_failure(results) == {"ValidationError"}
        assert Mail.objects.count() == 1


@pytest.mark.django_db
class TestSubscribing:
    def ask(self, client, capture, email="ny@example.org", language="sv"):
        with capture(execute=True):
            return client.post("/omvarld/prenumerera/", {"email": email, "language": language})

    def link(self):
        found = re.search(r"https://portal\.example\.org(\S+/)", mail.outbox[-1].body)
        return found[1]

    def test_asks_twice(self, client, django_capture_on_commit_callbacks):
        self.ask(client, django_capture_on_commit_callbacks)
        assert Subscriber.objects.confirmed().count() == 0
        path = self.link()
        assert client.get(path).status_code == 200
        assert Subscriber.objects.confirmed().count() == 0
        assert client.post(path).status_code == 200
        assert [one.email for one in Subscriber.objects.confirmed()] == ["ny@example.org"]

    def test_answers_alike_for_known_and_unknown(
        self, client, now, django_capture_on_commit_callbacks
    ):
        Subscriber.objects.create(email="ny@example.org", asked_at=now, confirmed_at=now)
        known = self.ask(client, django_capture_on_commit_callbacks, "NY@example.org")
        unknown = self.ask(client, django_capture_on_commit_callbacks, "annan@example.org")
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert [message.to for message in mail.outbox] == [["annan@example.org"]]

    def test_again_within_the_hour_sends_nothing_more(
        self, client, now, django_capture_on_commit_callbacks
    ):
        for _twice in range(2):
            self.ask(client, django_capture_on_commit_callbacks)
        assert len(mail.outbox) == 1
        Subscriber.objects.update(asked_at=now - timedelta(hours=2))
        self.ask(client, django_capture_on_commit_callbacks)
        assert len(mail.outbox) == 2

    @pytest.mark.parametrize("email", ["", "inte en adress", "a@b"])
    def test_keeps_what_was_typed(self, client, email):
        answer = client.post("/omvarld/prenumerera/", {"email": email, "language": "en"})
        assert answer.status_code == 422
        assert f'value="{email}"' in answer.text or email == ""
        assert Subscriber.objects.count() == 0

    def test_speaks_the_chosen_language(self, client, django_capture_on_commit_callbacks):
        self.ask(client, django_capture_on_commit_callbacks, language="en")
        assert mail.outbox[0].subject == "Confirm that you want our briefings"
        assert "/en/briefings/subscribe/confirm/" in mail.outbox[0].body

    def test_an_old_or_strange_link_confirms_nothing(
        self, client, now, django_capture_on_commit_callbacks
    ):
        self.ask(client, django_capture_on_commit_callbacks)
        path = self.link()
        strange = reverse("confirm_subscription", args=["nonsense"])
        assert client.post(strange).status_code == 410
        Subscriber.objects.update(asked_at=now - CONFIRM_WITHIN)
        assert client.post(path).status_code == 410
        assert Subscriber.objects.confirmed().count() == 0

    def test_a_link_of_one_kind_opens_no_other(self, client, django_capture_on_commit_callbacks):
        self.ask(client, django_capture_on_commit_callbacks)
        token = self.link().rstrip("/").rpartition("/")[2]
        assert client.post(reverse("end_subscription", args=[token])).status_code == 410
        assert Subscriber.objects.count() == 1
