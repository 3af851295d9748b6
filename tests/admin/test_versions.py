"""A version's verbs in the admin: each opens its form, does what it says, and refuses in words."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from agreements.workflow import VersionState
from tests.agreements.conftest import (  # noqa: F401
    approved,
    coming,
    confirm,
    confirmed,
    decide,
    links,
    negotiated,
    signed,
)


@pytest.fixture
def do(sign_in, officer):
    def do(version, verb, *, opens=200, **given):
        address = reverse("admin:agreements_agreementversion_verb", args=[version.pk, verb])
        client = sign_in(officer)
        if given:
            assert client.get(address).status_code == opens
        answer = client.post(address, given)
        version.refresh_from_db()
        return answer

    return do


def test_the_whole_way(do, coming, decide, links, confirm, now):  # noqa: F811
    day = timezone.localdate(now).isoformat()
    assert do(coming, "negotiate").status_code == 302
    assert do(coming, "propose", reasons="Bra.").status_code == 302
    decide(coming)
    assert do(coming, "invite_to_confirm").status_code == 302
    refused = do(coming, "sign", signed_on=day)
    assert "Ännu inte bekräftat av" in refused.text
    for path in links(coming).values():
        confirm(path)
    assert do(coming, "sign", signed_on=day).status_code == 302
    assert coming.state == VersionState.SIGNED
    assert do(coming, "terminate", terminated_on=day, termination="").status_code == 200
    assert do(coming, "terminate", terminated_on=day, termination="Slut").status_code == 302
    assert coming.state == VersionState.TERMINATED


@pytest.mark.parametrize(("signed_in", "status"), [("2009", 302), ("snart", 200), ("2999", 200)])
def test_what_was_signed_before(do, coming, signed_in, status):  # noqa: F811
    answer = do(coming, "note_signed", signed=signed_in)
    assert answer.status_code == status
    if status == 200:
        assert f'value="{signed_in}"' in answer.text
    assert (coming.state == VersionState.SIGNED) == (status == 302)


def test_a_state_that_has_moved_on_is_told(do, negotiated):  # noqa: F811
    assert do(negotiated, "negotiate").status_code == 302
    assert do(negotiated, "sign", opens=409, signed_on="2026-01-01").status_code == 409


def test_only_officers_are_offered_them(sign_in, secretary, negotiated):  # noqa: F811
    page = reverse("admin:agreements_agreementversion_change", args=[negotiated.pk])
    assert sign_in(secretary).get(page).context["verbs"] == []
    address = reverse("admin:agreements_agreementversion_verb", args=[negotiated.pk, "propose"])
    assert sign_in(secretary).post(address, {"reasons": "X"}).status_code == 403


def test_the_log_tells_the_way(sign_in, administrator, signed):  # noqa: F811
    page = reverse("admin:agreements_agreementversion_history", args=[signed.pk])
    answer = sign_in(administrator).get(page)
    with translation.override("sv"):  # the links above were read in English
        told = [str(words) for _event, words in answer.context["events"]]
    assert told[:3] == ["Påbörjat", "Registrerat", "Inled förhandlingen"]
    assert sorted(told[-3:]) == ["Anteckna som undertecknat", *["Bekräftat av en part"] * 2]
