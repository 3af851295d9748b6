"""Writing an application in the browser: a begun draft, and its pages sent as a form sends them."""

import pytest
from django.urls import reverse

from grants.models import Application

JSON = {"accept": "application/json"}


def rows(name, *listed):
    """What a browser sends of a list of rows."""
    sent = {f"{name}-TOTAL_FORMS": str(len(listed)), f"{name}-INITIAL_FORMS": "0"}
    for number, row in enumerate(listed):
        sent |= {f"{name}-{number}-{field}": value for field, value in row.items()}
    return sent


PROJECT = {
    "title": "Kör i två städer",
    "summary": "Vi sjunger.\r\nDe sjunger.",
    "starts_on": "2027-05-01",
    "ends_on": "2027-05-09",
}
COST = {"text": "Resor", "amount": "25 000,50", "bearer": "applicant"}
OWN = {"kind": "own", "text": "", "amount": "15 000,50"}
BUDGET = {"amount": "10 000", **rows("costs", COST), **rows("incomes", OWN)}


@pytest.fixture
def begun(call, applicant, now):
    return Application.objects.start(call=call, by=applicant, at=now)


@pytest.fixture
def mine(sign_in, applicant):
    return sign_in(applicant)


@pytest.fixture
def open_step(mine, begun):
    """The page of a step, as the applicant opens it."""

    def open_step(step, application=begun):
        return mine.get(reverse(f"write_{step}", args=[application.pk]))

    return open_step


@pytest.fixture
def send(mine, begun, open_step):
    """Send the form of a step, opened just now unless `seen` says what it was opened with."""

    def send(step, typed, action="save", seen=None, application=begun, headers=None):
        if seen is None:
            seen = open_step(step, application).context["form"]["seen"].value()
        data = {"seen": seen, "action": action, **typed}
        return mine.post(reverse(f"write_{step}", args=[application.pk]), data, headers=headers)

    return send


@pytest.fixture
def autosave(send):
    """As the page itself sends it."""

    def autosave(step, typed, **how):
        return send(step, typed, "autosave", headers=JSON, **how)

    return autosave
