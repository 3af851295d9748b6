"""Every address of an application, for those who take no part in it: not found."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.models import Application, ApplicationAttachment, CoApplicant
from grants.parts import PARTS
from grants.urls.applications import urlpatterns
from tests.cases.uploads import PDF
from tests.conftest import make_user

# A form that any of the pages would take, had the person been let in.
SENT = {"email": "x@example.org", "role": "submit", "title": "Kapad", "seen": "x"}


@pytest.fixture
def attached(draft, applicant, now):
    file = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    return ApplicationAttachment.objects.attach(draft, file, by=applicant, at=now, title="CV")


@pytest.fixture
def join(draft, applicant, now):
    def join(email, role):
        user = make_user(email)
        CoApplicant.objects.invite(draft, email, role, by=applicant, at=now)
        draft.coapplicants.get(email=email).accept(by=user, at=now)
        return user

    return join


@pytest.fixture
def another(draft, applicant, now):
    """Somebody else's row on the page of who takes part."""
    return CoApplicant.objects.invite(draft, "y@example.org", "edit", by=applicant, at=now)


@pytest.fixture
def addresses(draft, attached, another):
    """By the names of their routes; one that is added to the table is walked, too."""
    own = {"pk": draft.pk, "attachment": attached.pk, "coapplicant": another.pk,
           "step": "project"}  # fmt: skip
    found = {}
    for route in urlpatterns:
        takes = route.pattern.converters.keys()
        if "pk" in takes:
            found[route.name] = reverse(route.name, kwargs={name: own[name] for name in takes})
    return found


def answers(client, addresses) -> dict[str, tuple[int, int]]:
    """What reading and sending are answered with; 405 is the method's fault, not the person's."""
    return {
        name: (client.get(address).status_code, client.post(address, SENT).status_code)
        for name, address in addresses.items()
    }


@pytest.mark.parametrize("state", ["draft", "submitted"])
@pytest.mark.parametrize("who", ["another applicant", "invited", "removed", "officer"])
def test_other_people_find_nothing(
    request, client, sign_in, draft, attached, addresses, join, applicant, call, now, state, who
):
    match who:
        case "another applicant":
            person = request.getfixturevalue("other_applicant")
            Application.objects.start(call=call, by=person, at=now)
        case "invited":
            person = make_user("y@example.org")
        case "removed":
            person = join("z@example.org", "submit")
            draft.coapplicants.get(user=person).remove(by=applicant, at=now)
        case "officer":
            person = request.getfixturevalue("officer")
    if state == "submitted":
        draft.submit(by=applicant, at=now)
    client = sign_in(person)
    found = answers(client, addresses)
    assert {name: pair for name, pair in found.items() if not {404, 405}.issuperset(pair)} == {}
    if who == "officer":  # reads the file of what has been handed in where officers do
        return
    elsewhere = (
        reverse("document", args=[attached.document_id]),
        reverse("case_messages", args=[draft.case_id]),
        f"/api/v1/applications/{draft.pk}/",
    )
    assert [client.get(address).status_code for address in elsewhere] == [404] * 3
    for listing in ("/mina-sidor/", "/api/v1/applications/"):
        assert draft.title not in client.get(listing).content.decode()


def test_who_reads_is_let_in_and_may_change_nothing(sign_in, draft, addresses, attached, join):
    client = sign_in(join("z@example.org", "read"))
    assert answers(client, addresses) == {
        "application": (200, 405),
        "coapplicants": (200, 403),
        "write_application": (403, 405),
        **dict.fromkeys((f"write_{step}" for step in PARTS), (403, 403)),
        "take_pen": (405, 403),
        "review_application": (403, 403),
        "answer_newest": (405, 403),
        "attachments": (403, 403),
        "remove_attachment": (405, 403),
        "withdraw_application": (403, 403),
        "delete_draft": (403, 403),
        "give_coapplicant_role": (405, 403),
        "remove_coapplicant": (405, 403),
        "withdraw_coapplicant": (405, 403),
        # There are none of a draft.
        "application_pdf": (404, 405),
        "partner_confirmations": (200, 404),
        "receipt": (404, 405),
    }
    assert client.get(reverse("document", args=[attached.document_id])).status_code == 200
    assert client.get(f"/api/v1/applications/{draft.pk}/").status_code == 200
    page = client.get(addresses["application"]).content.decode()
    assert "Fortsätt skriva" not in page
    assert addresses["delete_draft"] not in page


def test_who_reads_follows_what_is_handed_in(sign_in, draft, addresses, join, applicant, now):
    person = join("z@example.org", "read")
    draft.submit(by=applicant, at=now)
    client = sign_in(person)
    for name in ("application", "receipt", "application_pdf", "coapplicants"):
        assert client.get(addresses[name]).status_code == 200, name
    assert client.post(addresses["withdraw_application"]).status_code == 403
    messages = reverse("case_messages", args=[draft.case_id])
    assert client.post(messages, {"text": "Hej"}).status_code == 302
