"""The start page says what awaits, and each line leads to the list of what it counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grants.models import Call
from partners.models import Partner
from portal.core.models import Mail


def lines(client):
    """(number, address, first) of each line; each list holds as many as the line says."""
    found = {}
    for line in client.get("/admin/").context["awaiting"]:
        listed = client.get(line.url).context
        assert "cl" not in listed or listed["cl"].result_count == line.count
        found[line.url.removeprefix("/admin/")] = line.count
    return found


def test_an_officer_sees_what_to_begin(submitted, sign_in, officer):
    Partner.objects.create(slug="berlin", name_sv="Berlin", country="DE")
    assert lines(sign_in(officer)) == {
        reverse("call_queues"): 1,
        "partners/partner/?publication__exact=draft": 1,
    }


def test_a_delegate_sees_first_what_awaits_the_own_decision(
    proposed, delegation_point, sign_in, officer
):
    proposed.case.proposals.update(delegation_point=delegation_point)
    client = sign_in(officer)
    assert lines(client) == {
        "committee/proposal/?decides=me": 1,
        "committee/proposal/?state__exact=open": 1,
    }
    first = client.get("/admin/").context["awaiting"][0]
    assert first.is_mine


def test_a_secretary_sees_what_a_meeting_has_to_decide(proposed, sign_in, secretary):
    assert lines(sign_in(secretary)) == {
        "committee/proposal/?decides=me": 1,
        "committee/proposal/?state__exact=open": 1,
        reverse("meetings"): 1,
    }


def test_an_administrator_sees_mail_that_has_not_left(db, sign_in, administrator):
    Mail.objects.create(to="a@example.org", subject="-", body="-", message_id="<1@example.org>")
    assert lines(sign_in(administrator)) == {"core/mail/?sent_at__isempty=1": 1}


def test_calls_that_close_soon_and_those_to_publish(call, sign_in, officer, now):
    Call.objects.create(
        scheme=call.scheme, slug="nasta", name_sv="Nästa", opens_at=call.opens_at,
        closes_at=call.closes_at, budget_year=now.year,
    )  # fmt: skip
    Call.objects.filter(pk=call.pk).update(closes_at=now + timedelta(days=9))
    assert lines(sign_in(officer)) == {
        "grants/call/?time=closing_soon": 1,
        "grants/call/?state__exact=draft": 1,
    }


@pytest.mark.parametrize("path", ["/admin/", "/en/admin/"])
def test_nothing_awaits(db, sign_in, officer, path):
    answer = sign_in(officer).get(path)
    assert answer.context["awaiting"] == []
    assert 'class="nothing-awaits"' in answer.content.decode()
