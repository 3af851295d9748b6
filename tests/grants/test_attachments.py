"""Files of an application: asked for or not, on the draft only, for its own people only."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.models import Application, ApplicationAttachment
from portal.cases.models import Document
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.cases.uploads import HOSTILE, PDF, jpeg
from tests.races import all_at_once, succeeded

JSON = {"accept": "application/json"}


def pdf(name="cv.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def wanted(scheme):
    return scheme.attachments.create(name_sv="Meritförteckning", name_en="Curriculum vitae")


@pytest.fixture
def address(draft):
    return reverse("attachments", args=[draft.pk])


@pytest.fixture
def mine(sign_in, applicant):
    return sign_in(applicant)


@pytest.fixture
def attached(draft, wanted, applicant, now):
    return ApplicationAttachment.objects.attach(draft, pdf(), by=applicant, at=now, required=wanted)


def test_the_call_says_what_to_attach(client, wanted, call):
    page = client.get(call.get_absolute_url()).content.decode()
    assert "<li>Meritförteckning</li>" in page
    assert "inte ta emot filer" not in page


def test_a_file_that_is_asked_for_is_attached(mine, address, draft, wanted):
    assert "saknas" in mine.get(address).content.decode()
    assert mine.post(address, {"wanted": f"file-{wanted.pk}", "file": pdf()}).url == address
    document = Document.objects.get()
    assert (document.title, document.filename, document.size) == (
        "Meritförteckning", "cv.pdf", len(PDF),
    )  # fmt: skip
    assert (document.case, document.is_public) == (draft.case, False)
    assert "cv" not in document.file.name
    assert "saknas" not in mine.get(address).content.decode()


def test_a_new_file_replaces_the_old_one_on_the_disk_too(
    mine, address, wanted, attached, django_capture_on_commit_callbacks
):
    old = attached.document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        mine.post(address, {"wanted": f"file-{wanted.pk}", "file": pdf("nytt.pdf")})
    assert Document.objects.get().filename == "nytt.pdf"
    assert not default_storage.exists(old)


def test_another_file_says_what_it_is(mine, address):
    answer = mine.post(address, {"title": "", "file": pdf()})
    assert (answer.status_code, answer.context["other_form"].errors.keys()) == (422, {"title"})
    mine.post(address, {"title": "Foto från scenen", "file": SimpleUploadedFile("a.jpg", jpeg())})
    assert Document.objects.get().title == "Foto från scenen"


def test_a_file_is_removed_and_gone(mine, draft, attached, django_capture_on_commit_callbacks):
    name = attached.document.file.name
    address = reverse("remove_attachment", args=[draft.pk, attached.pk])
    with django_capture_on_commit_callbacks(execute=True):
        mine.post(address)
    assert not Document.objects.exists()
    assert not default_storage.exists(name)
    assert [event.what for event in draft.case.events.all()][-2:] == [
        "document_added", "document_removed",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["html.pdf", "bomb.docx", "tom.pdf", "bild.svg", "stor.txt"])
def test_what_is_hostile_is_refused_in_words(mine, address, name):
    def send(**headers):
        file = SimpleUploadedFile(name, HOSTILE[name])
        return mine.post(address, {"title": "Bilaga", "file": file}, headers=headers)

    answer = send()
    assert answer.status_code == 422
    assert answer.context["refused"][1] in answer.content.decode()
    assert answer.context["other_form"]["title"].value() == "Bilaga"
    answer = send(**JSON)
    assert (answer.status_code, list(answer.json())) == (422, ["told"])
    assert not Document.objects.exists()


def test_the_page_s_own_sending_is_told_where_to_go(mine, address, wanted):
    answer = mine.post(address, {"wanted": f"file-{wanted.pk}", "file": pdf()}, headers=JSON)
    assert answer.json() == {"next": address}


def test_twenty_files_are_enough(mine, address, draft, applicant, now):
    for n in range(20):
        ApplicationAttachment.objects.attach(draft, pdf(), by=applicant, at=now, title=f"{n}")
    answer = mine.post(address, {"title": "En till", "file": pdf()})
    assert answer.context["refused"][1] == "En ansökan tar högst 20 filer."


def test_all_files_together_have_a_limit(draft, applicant, now, mine, address):
    ApplicationAttachment.objects.attach(draft, pdf(), by=applicant, at=now, title="1")
    Document.objects.update(size=60 * 1024 * 1024)
    answer = mine.post(address, {"title": "En till", "file": pdf()})
    assert "högst 60 MB" in answer.context["refused"][1]


# --- Who, and when --------------------------------------------------------------------------------


def test_others_meet_neither_page_nor_file(
    sign_in, client, draft, address, attached, other_applicant, officer, member
):
    remove = reverse("remove_attachment", args=[draft.pk, attached.pk])
    file = reverse("document", args=[attached.document_id])
    for user in (other_applicant, officer, member):
        theirs = sign_in(user)
        answers = [
            theirs.get(address), theirs.post(address, {"title": "x", "file": pdf()}),
            theirs.post(remove), theirs.get(file),
        ]  # fmt: skip
        assert [answer.status_code for answer in answers] == [404] * 4, user
    assert ApplicationAttachment.objects.count() == 1


def test_a_file_of_another_draft_is_not_removed_from_here(
    mine, draft, attached, call, applicant, organisation, now
):
    other = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    address = reverse("remove_attachment", args=[other.pk, attached.pk])
    assert mine.post(address).status_code == 404


def test_nothing_changes_after_it_is_handed_in(
    mine, draft, attached, applicant, now, wanted, address
):
    draft.submit(by=applicant, at=now)
    assert mine.get(address).url == draft.get_absolute_url()
    assert mine.post(address, {"wanted": f"file-{wanted.pk}", "file": pdf()}).status_code == 409
    remove = reverse("remove_attachment", args=[draft.pk, attached.pk])
    assert mine.post(remove).status_code == 409
    with pytest.raises(WrongState):
        attached.remove(by=applicant, at=now)


def test_a_call_that_has_closed_takes_no_files(mine, address, call, draft, now):
    type(call).objects.update(closes_at=now)
    answer = mine.post(address, {"title": "För sent", "file": pdf()})
    assert "Utlysningen har stängt" in answer.context["refused"][1]


# --- Handing in -----------------------------------------------------------------------------------


def test_what_is_asked_for_must_be_there(mine, draft, wanted, applicant, now):
    answer = mine.post(reverse("review_application", args=[draft.pk]))
    (lacking,) = answer.context["steps"].lacking
    assert (answer.status_code, lacking.key, lacking.lacking) == (
        422, "attachments", {f"file-{wanted.pk}": ["Bifoga: Meritförteckning."]},
    )  # fmt: skip
    ApplicationAttachment.objects.attach(draft, pdf(), by=applicant, at=now, required=wanted)
    assert draft.submit(by=applicant, at=now).state == "submitted"


def test_the_receipt_lists_every_file_with_its_fingerprint(mine, draft, attached, applicant, now):
    other = ApplicationAttachment.objects.attach(
        draft, pdf("brev.pdf"), by=applicant, at=now, title="Brev"
    )
    assert mine.post(reverse("review_application", args=[draft.pk])).status_code == 302
    listed = [line for line in Mail.objects.get().body.splitlines() if line.startswith("- ")]
    assert listed == [
        f"- Meritförteckning: cv.pdf, SHA-256 {attached.document.sha256}",
        f"- Brev: brev.pdf, SHA-256 {other.document.sha256}",
    ]
    page = mine.get(reverse("receipt", args=[draft.pk])).content.decode()
    assert reverse("document", args=[attached.document_id]) in page


def test_the_applicant_and_the_officer_fetch_it_as_an_attachment(
    sign_in, draft, attached, applicant, officer, now
):
    draft.submit(by=applicant, at=now)
    for user in (applicant, officer):
        answer = sign_in(user).get(reverse("document", args=[attached.document_id]))
        assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


def test_a_deleted_draft_leaves_no_file(
    draft, attached, applicant, now, django_capture_on_commit_callbacks
):
    name = attached.document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        draft.discard(by=applicant, at=now)
    assert not default_storage.exists(name)
    assert not Document.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_are_taken_than_fit(draft, applicant, now):
    for n in range(15):
        ApplicationAttachment.objects.attach(draft, pdf(), by=applicant, at=now, title=f"{n}")

    def attach():
        ApplicationAttachment.objects.attach(draft, pdf(), by=applicant, at=now, title="till")

    assert succeeded(all_at_once(*[attach] * 10)) == 5
    assert draft.attachments.count() == 20
