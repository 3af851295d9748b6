"""Numbers and days that cannot be meant are refused beside their field; what was typed stays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.models import Partner
from tests.admin.forms import send


def refused(answer):
    forms = [answer.context["adminform"].form]
    for rows in answer.context["inline_admin_formsets"]:
        forms += rows.formset.forms
    return answer.status_code, [name for form in forms for name in form.errors]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("lat", "５２"),
        ("lat", "152"),
        ("lon", "٣"),
        ("since_year", "２０１４"),
        ("since_year", "1899"),
        ("since_year", "99999999999"),
        ("since_year", "9" * 30),
        ("active_from", "２０２７-01-01"),
        ("active_from", "0001-01-01"),
        ("active_until", "9999-12-31"),
    ],
)
def test_of_a_partner(sign_in, officer, partner, name, typed):
    answer = send(
        sign_in(officer), f"/admin/partners/partner/{partner.pk}/change/", **{name: typed}
    )
    assert refused(answer) == (200, [name])
    assert f'value="{typed}"' in answer.content.decode()


def test_a_cooperation_begins_this_year_at_the_latest(sign_in, officer, partner):
    client, url = sign_in(officer), f"/admin/partners/partner/{partner.pk}/change/"
    year = timezone.localdate().year
    assert refused(send(client, url, since_year=year + 1)) == (200, ["since_year"])
    assert send(client, url, since_year=year).status_code == 302


@pytest.mark.parametrize("year", [1899, 2101])
def test_the_database_refuses_a_year_too(partner, year):
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.filter(pk=partner.pk).update(since_year=year)


@pytest.mark.parametrize("typed", ["99999", "9" * 30, "２００"])
def test_a_number_of_days_is_never_too_large_to_store(sign_in, officer, scheme, typed):
    url = f"/admin/grants/scheme/{scheme.pk}/change/"
    answer = send(sign_in(officer), url, report_days_after_end=typed)
    assert refused(answer) == (200, ["report_days_after_end"])


@pytest.mark.parametrize(
    ("day", "time"),
    [("0001-01-01", "00:00"), ("9999-12-31", "23:59"), ("２０２７-01-01", "12:00"), ("x", "12:00")],
)
def test_the_opening_of_a_call(sign_in, officer, call, day, time):
    url = f"/admin/grants/call/{call.pk}/change/"
    answer = send(sign_in(officer), url, opens_at_0=day, opens_at_1=time)
    assert refused(answer) == (200, ["opens_at"])


def test_a_day_and_a_time_are_read_as_before(sign_in, officer, call):
    url = f"/admin/grants/call/{call.pk}/change/"
    answer = send(sign_in(officer), url, opens_at_0="2026-03-01", opens_at_1="09:30")
    assert answer.status_code == 302
    call.refresh_from_db()
    assert timezone.localtime(call.opens_at).strftime("%Y-%m-%d %H:%M") == "2026-03-01 09:30"


def test_the_day_of_a_meeting(sign_in, secretary, proposed):
    proposal = proposed.case.proposals.get()
    url = f"/admin/committee/proposal/{proposal.pk}/do/record_meeting_decision/"
    data = {"outcome": "granted", "amount": "100", "reasons": "-", "section": "1"}
    answer = sign_in(secretary).post(url, data | {"met_on": "２０２６-01-01"})
    assert list(answer.context["errors"]) == ["met_on"]
    answer = sign_in(secretary).post(url, data | {"met_on": str(date.today()), "section": "１"})
    assert list(answer.context["errors"]) == ["section"]
