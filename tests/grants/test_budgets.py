"""The budget of a scheme's year, from proposal to confirmation, and how its money is paid."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from grants.models import Call, Instalment, SchemeBudget
from portal.core.roles import Role
from portal.core.workflow import WrongState
from tests.admin.forms import send
from tests.conftest import make_user

ADD = "/admin/grants/schemebudget/add/"


@pytest.fixture
def next_year(scheme, budget, sign_in, officer):
    """What an officer has proposed for the year after."""
    year = budget.year + 1
    answer = send(sign_in(officer), ADD, scheme=scheme.pk, year=year, amount="90 000")
    assert answer.status_code == 302
    return SchemeBudget.objects.get(year=year)


def page(budget, verb=None):
    address = f"/admin/grants/schemebudget/{budget.pk}/"
    return f"{address}do/{verb}/" if verb else f"{address}change/"


def test_what_an_officer_adds_an_administrator_confirms(
    next_year, sign_in, officer, administrator, secretary
):
    assert (next_year.state, next_year.proposed_by) == ("proposed", officer)
    for person in (officer, secretary):
        assert sign_in(person).post(page(next_year, "confirm")).status_code == 403
    client = sign_in(administrator)
    assert "None" not in client.get(page(next_year)).content.decode()
    awaiting = [line.count for line in client.get("/admin/").context["awaiting"]]
    assert awaiting == [1]
    assert "90\u00a0000\u00a0kr" in client.get(page(next_year, "confirm")).content.decode()
    assert client.post(page(next_year, "confirm"), {"amount": "90 000"}).status_code == 302
    assert client.post(page(next_year, "confirm"), {"amount": "90 000"}).status_code == 409
    next_year.refresh_from_db()
    assert (next_year.state, next_year.confirmed_by) == ("confirmed", administrator)
    assert [entry.history_user for entry in next_year.history.all()] == [administrator, officer]


def test_nobody_confirms_the_own_proposal_or_an_amount_not_read(next_year, administrator, now):
    seen = next_year.amount
    next_year.propose(by=administrator, at=now, amount=Decimal(500_000))
    with pytest.raises(PermissionDenied):
        next_year.confirm(by=administrator, at=now, amount=next_year.amount)
    other = make_user("other@example.org", Role.ADMINISTRATOR, staff=True)
    with pytest.raises(WrongState):
        next_year.confirm(by=other, at=now, amount=seen)
    assert next_year.confirm(by=other, at=now, amount=next_year.amount).state == "confirmed"


def test_another_amount_is_a_new_proposal_and_what_is_granted_stays(
    awarded, budget, sign_in, officer
):
    client = sign_in(officer)
    assert client.post(page(budget), {"amount": "1"}).status_code == 403

    def propose(amount):
        return client.post(page(budget, "propose"), {"amount": amount})

    for refused in ("14 999", "200 000"):
        answer = propose(refused)
        assert list(answer.context["adminform"].form.errors) == ["amount"]
    assert propose("15 000").status_code == 302
    budget.refresh_from_db()
    stands = (budget.state, budget.amount, budget.committed, budget.confirmed_by)
    assert stands == ("proposed", Decimal(15_000), awarded.amount, None)
    with pytest.raises(ValidationError) as error:
        budget.commit(Decimal(1))
    assert error.value.code == "unconfirmed"


def test_not_by_who_keeps_no_content(budget, secretary, applicant, sign_in, now):
    for person in (secretary, applicant):
        with pytest.raises(PermissionDenied):
            budget.propose(by=person, at=now, amount=Decimal(1))
    assert sign_in(secretary).get(ADD).status_code == 403


def test_a_call_waits_for_the_budget_of_its_year(next_year, scheme, officer, administrator, now):
    call = Call.objects.create(
        scheme=scheme, slug="nasta", name_sv="Nästa", opens_at=now, budget_year=next_year.year,
        closes_at=now + timedelta(days=9),
    )  # fmt: skip
    with pytest.raises(ValidationError) as error, translation.override("en"):
        call.publish(by=officer, at=now)
    assert error.value.messages == [
        f"Ask an administrator to confirm the budget of {next_year.year} first."
    ]
    next_year.confirm(by=administrator, at=now, amount=next_year.amount)
    assert call.publish(by=officer, at=now).state == "published"


def test_the_database_keeps_two_persons_and_a_state_that_agrees(
    next_year, officer, administrator, now
):
    broken = [
        {"confirmed_by": officer, "confirmed_at": now, "state": "confirmed"},
        {"confirmed_by": administrator, "state": "confirmed"},
        {"state": "confirmed"},
        {"proposed_by": None},
        {"proposed_by": None, "proposed_at": None},
        {"confirmed_by": administrator, "confirmed_at": now},
    ]
    for values in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            SchemeBudget.objects.filter(pk=next_year.pk).update(**values)


def test_a_budget_is_begun_from_the_list_of_its_scheme(scheme, sign_in, officer):
    client = sign_in(officer)
    own = f"?scheme__id__exact={scheme.pk}"
    assert own in client.get(f"/admin/grants/scheme/{scheme.pk}/change/").content.decode()
    for model in ("schemebudget", "call"):
        add = f"/admin/grants/{model}/add/?_changelist_filters=scheme__id__exact%3D{scheme.pk}"
        form = client.get(add).context["adminform"].form
        assert form["scheme"].value() == str(scheme.pk)


def instalments(*rows):
    data = {"instalments-TOTAL_FORMS": len(rows)}
    for number, (percent, released_by) in enumerate(rows):
        row = {"order": number + 1, "percent": percent, "released_by": released_by}
        data |= {f"instalments-{number}-{name}": value for name, value in row.items()}
    return data


def test_the_instalments_make_the_whole_and_are_read_by_the_public(call, scheme, sign_in, officer):
    client = sign_in(officer)
    address = f"/admin/grants/scheme/{scheme.pk}/change/"
    answer = send(client, address, **instalments((70, "terms"), (20, "final")))
    formsets = [rows.formset for rows in answer.context["inline_admin_formsets"]]
    refused = [errors for formset in formsets for errors in formset.errors if errors]
    assert [list(errors) for errors in refused] == [["percent"]]
    assert not Instalment.objects.exists()
    assert send(client, address, **instalments((70, "terms"), (30, "final"))).status_code == 302
    with translation.override("en"):
        read = client.get(reverse("call", args=[call.slug])).content.decode()
    assert "70 % when the terms have been accepted" in read
    assert "30 % when the final report has been approved" in read


def test_a_scheme_is_not_published_with_half_a_plan(scheme, officer, now):
    scheme.unpublish(by=officer, at=now)
    scheme.instalments.create(percent=50, released_by="terms")
    with pytest.raises(ValidationError):
        scheme.publish(by=officer, at=now)
    scheme.instalments.create(order=2, percent=50, released_by="interim")
    assert scheme.publish(by=officer, at=now).publication == "published"
    with pytest.raises(IntegrityError):
        scheme.instalments.create(percent=101, released_by="final")
