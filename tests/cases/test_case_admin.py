"""What officers keep of a case in the admin: whose it is, and whether it is secret."""

from functools import partial

import pytest
from django.urls import reverse

from portal.cases.models import Conflict
from tests.admin.forms import send
from tests.conftest import make_user

GROUND = "OSL 21 kap. 1 §"


@pytest.fixture
def keep(sign_in, officer, submitted):
    """Save the case's page as it stands, with this changed."""
    address = reverse("admin:cases_case_change", args=[submitted.case_id])
    return partial(send, sign_in(officer), address)


def logged(case):
    return list(case.events.values_list("what", "details__ground").order_by("-pk")[:1])


def test_secrecy_is_marked_and_lifted_and_the_log_says_by_which_law(keep, submitted):
    case = submitted.case
    assert keep(secrecy=f" {GROUND} ").status_code == 302
    case.refresh_from_db()
    assert (case.secrecy, logged(case)) == (GROUND, [("secrecy_marked", GROUND)])
    assert keep(secrecy="").status_code == 302
    case.refresh_from_db()
    assert (case.secrecy, logged(case)) == (None, [("secrecy_lifted", None)])


def test_only_somebody_who_may_handle_it_is_put_in_charge(keep, submitted, now):
    colleague = make_user("colleague@example.org", "officer", staff=True)
    Conflict.objects.declare(submitted.case, ground="interest", by=colleague, at=now)
    answer = keep(officer=colleague.pk)
    assert answer.status_code == 200
    assert "officer" in answer.context["adminform"].form.errors
    submitted.case.refresh_from_db()
    assert submitted.case.officer is None
    other = make_user("other@example.org", "officer", staff=True)
    assert keep(officer=other.pk).status_code == 302
    submitted.case.refresh_from_db()
    assert submitted.case.officer == other
