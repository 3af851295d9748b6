"""The committee's decisions as the public reads them, on pages, in the feed and in the API."""

import json

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from portal.cases.models import Case
from portal.committee.minutes import minutes_of
from portal.committee.models import AgendaItem, Decision, Notice
from portal.committee.webcopy import public_copy_of
from portal.committee.wording import decision_text
from tests.committee.conftest import GRANTED, row
from tests.conftest import BACKEND

LIST, SECRET = "/beslut/", "Dans över havet"


@pytest.fixture
def announced(adjusted, secretary, now):
    """A decision at a meeting whose minutes are on the notice board, to be read by everybody."""
    Notice.objects.announce(
        by=secretary, at=now, where="Registrator", shows_minutes=True, meeting=adjusted
    )
    return Decision.objects.get()


def test_a_decision_leads_to_its_award_its_notice_and_its_minutes(client, announced):
    page = client.get(announced.get_absolute_url()).text
    minutes = reverse("notice_minutes", args=[announced.announcement.pk])
    for said in (
        announced.proposal.case.number, "Dans över havet", "15 000 kr", "Beviljad",
        "Nämnden vid ett sammanträde, § 1", announced.award.get_absolute_url(), minutes,
        announced.announcement.get_absolute_url(), f"/api/v1/decisions/{announced.pk}/",
    ):  # fmt: skip
        assert said in page.replace("\u00a0", " "), said
    assert "Stärker utbytet" in page
    told = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert told["identifier"] == announced.proposal.case.number
    assert told["about"] == "Dans över havet"
    in_api = client.get(f"/api/v1/decisions/{announced.pk}/").json()
    assert in_api["page"].endswith(f"/beslut/{announced.pk}/")
    assert (in_api["reasons"], in_api["conditions"]) == ("Stärker utbytet.", "")
    assert in_api["minutes"].endswith(minutes)
    assert in_api["met_on"] == announced.decided_on.isoformat()
    assert in_api["appeal_ends_on"] == announced.announcement.appeal_ends_on.isoformat()


def test_what_was_refused_is_not_told_anywhere(client, item, proposal, secretary, now, committee):
    no = {"outcome": "rejected", "amount": None, "reasons": "Räcker inte."}
    item.decide(by=secretary, at=now, text="Nämnden avslår.", outcomes={proposal: no})
    decision = Decision.objects.get()
    for address in (LIST, decision.get_absolute_url(), "/feeds/decisions.atom"):
        page = client.get(address).text
        assert proposal.case.number in page
        assert ("Dans över havet" in page, "Räcker inte" in page) == (False, False)
    assert "visas inte här" in client.get(decision.get_absolute_url()).text
    assert proposal.case.number not in client.get(LIST, {"q": "havet"}).text


@pytest.mark.usefixtures("announced")
def test_what_secrecy_withholds_is_not_told_anywhere(client, announced, officer, partner):
    """Marked with its legal ground: that it was decided, and how much, is told all the same."""
    award, case = announced.award, announced.proposal.case
    client.force_login(officer, BACKEND)
    assert SECRET in client.get("/beviljade-stod/").text
    Case.objects.filter(pk=case.pk).update(secrecy="OSL 21 kap. 1 §")
    client.logout()
    for address in (
        LIST, announced.get_absolute_url(), "/feeds/decisions.atom", "/beviljade-stod/",
        partner.get_absolute_url(), "/api/v1/grants/", "/api/v1/decisions/",
        f"/api/v1/decisions/{announced.pk}/",
    ):  # fmt: skip
        page = client.get(address).text
        assert (SECRET in page, "Stärker utbytet" in page) == (False, False), address
    assert case.number not in client.get(LIST, {"q": "havet"}).text
    page = client.get(announced.get_absolute_url()).text
    for said in ("OSL 21 kap. 1 §", case.number, "15\u00a0000\u00a0kr"):
        assert said in page
    assert client.get(award.get_absolute_url()).status_code == 404
    client.force_login(award.application.applicant, BACKEND)
    own = client.get(award.application.get_absolute_url()).text
    assert (SECRET in own, award.get_absolute_url() in own) == (True, False)
    client.logout()
    assert SECRET not in client.get("/sitemap.xml").text + str(
        public_copy_of(announced.item.meeting)
    )


@pytest.mark.parametrize("title", [SECRET, f"{SECRET}: ett residens", "Ansökan"])
def test_the_copy_of_the_minutes_does_not_tell_it_either(
    item, proposal, secretary, committee, now, title
):
    """Neither in the heading nor in the words of the decision, of a vote or of what was said."""
    AgendaItem.objects.filter(pk=item.pk).update(title=title)
    item.refresh_from_db()
    first = row(item.meeting, "first")
    item.say(by=secretary, at=now, attendance=first, kind="proposal", text=f"Bifall till {SECRET}.")
    no = {"outcome": "rejected", "amount": None, "reasons": "Räcker inte."}
    text = decision_text(item, [(proposal, "rejected", None)])
    assert SECRET in text
    item.decide(by=secretary, at=now, text=text, outcomes={proposal: no})
    assert SECRET in str(minutes_of(item.meeting))
    copy = str(public_copy_of(item.meeting))
    assert SECRET not in copy
    assert f"Nämnden beslutar att avslå {proposal.case.number}." in copy.replace("Kulturn", "N")
    notice = Notice(item=item, announced_on=now.date(), where="-")
    assert str(notice) == f"§ {item.section} vid sammanträdet den {date_format(now, 'j F Y')}"


def test_the_copy_of_the_minutes_tells_what_was_granted(item, proposal, secretary, committee, now):
    text = decision_text(item, [(proposal, "granted", 15_000)])
    item.decide(by=secretary, at=now, text=text, outcomes={proposal: GRANTED})
    assert SECRET in str(public_copy_of(item.meeting))


def test_the_list_takes_the_filters_of_the_api(client, awarded, perspectives):
    number = awarded.application.case.number
    for query, status, found in (
        ("perspective=invanare&year=" + str(awarded.decided_on.year), 200, True),
        ("perspective=paverkan", 200, False), ("eu=maybe", 400, False), ("x=1", 400, False),
    ):  # fmt: skip
        answer = client.get(f"{LIST}?{query}")
        assert (answer.status_code, number in answer.text) == (status, found)
    assert number in client.get("/en/decisions/").text
    assert number in client.get("/feeds/decisions.atom").text
