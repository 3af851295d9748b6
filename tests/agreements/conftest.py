"""An agreement on its way, with two parties who can be written to."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from agreements.models import Agreement
from portal.cases.models import Case

LINK = r"https://portal\.example\.org(/\S+/(?:bekrafta|confirm)/\S+/)"


@pytest.fixture
def coming(partner, perspectives, goal, line, officer, now):
    """A new agreement with Vilnius, as its first draft has been written."""
    case = Case.objects.begin(Case.Kind.AGREEMENT, "Program", by=officer, at=now)
    agreement = Agreement.objects.create(
        slug="vilnius-program", case=case, kind="programme", line=line,
        title_sv="Program med Vilnius", title_en="Programme with Vilnius", publication="published",
    )  # fmt: skip
    agreement.goals.add(goal)
    agreement.tags.create(perspective=perspectives[0], how_sv="Möten", how_en="Encounters")
    agreement.begin_first_version()
    agreement.parties.update(signatory="Hugo", email="hugo@example.org")
    agreement.parties.create(
        partner=partner, language="lt", signatory="Rasa", email="rasa@example.org"
    )
    version = agreement.versions.get()
    version.valid_until = timezone.localdate(now).replace(month=12, day=31, year=now.year + 3)
    version.save()
    version.texts.create(language="sv", title="Program", body="Vi byter dansare.")
    version.texts.create(language="lt", title="Programa", body="Keičiamės šokėjais.")
    version.commitments.create(
        agreement=agreement, party=agreement.parties.last(), text_sv="Bjuda in två dansare",
        text_en="Invite two dancers",
    )  # fmt: skip
    return version


@pytest.fixture
def negotiated(coming, officer, now):
    return coming.negotiate(by=officer, at=now)


@pytest.fixture
def decide(secretary, now):
    """Record what the committee decided about the version that awaits it."""

    def decide(version, outcome="approved"):
        proposal = version.agreement.case.proposals.awaiting_decision().get()
        proposal.record_meeting_decision(
            by=secretary, at=now, outcome=outcome, amount=None, reasons="Ömsesidigt.",
            met_on=timezone.localdate(now), section=12,
        )  # fmt: skip
        version.refresh_from_db()
        return version

    return decide


@pytest.fixture
def approved(negotiated, decide, officer, now):
    return decide(negotiated.propose(by=officer, at=now, reasons="Bra villkor."))


@pytest.fixture
def links(officer, now, django_capture_on_commit_callbacks):
    """Send the links; gives each party's path, by the signatory's name in the address."""

    def links(version):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            version.invite_to_confirm(by=officer, at=now)
        found = (
            (message.to[0].partition("@")[0], re.search(LINK, message.body))
            for message in mail.outbox
        )
        return {name: link[1] for name, link in found if link}

    return links


@pytest.fixture
def confirm(client):
    def confirm(path, name="Rasa Petraitė", role="Kulturchef", agrees="on"):
        return client.post(path, {"name": name, "role": role, "agrees": agrees})

    return confirm


@pytest.fixture
def confirmed(approved, links, confirm):
    for path in links(approved).values():
        assert confirm(path).status_code == 302
    return approved


@pytest.fixture
def signed(confirmed, officer, now):
    return confirmed.sign(by=officer, at=now, signed_on=timezone.localdate(now))
