"""The form: drafts, submission, refusals by field, and that what was typed is kept."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail as post
from django.urls import reverse
from django.utils import timezone, translation

from grants.models import Application, Call
from portal.core.models import Mail

TYPED = {
    "title": "Kör i två städer",
    "summary": "Vi sjunger.\r\nDe sjunger.",
    "amount": "10 000",
    "total_cost": "25 000,50",
    "starts_on": "2027-05-01",
    "ends_on": "2027-05-09",
    "perspectives_invanare": "1",
    "perspectives_invanare_how": "Publiken sjunger med.",
    "version": "1",
}


@pytest.fixture
def begun(call, applicant, now):
    return Application.objects.start(call=call, by=applicant, at=now)


@pytest.fixture
def send(begun, applicant, partner, sign_in):
    """Send the form of the begun draft."""
    client = sign_in(applicant)

    def send(action="save", **changes):
        data = TYPED | {"partner": str(partner.pk), "action": action} | changes
        data = {name: value for name, value in data.items() if value is not None}
        return client.post(reverse("write_application", args=[begun.pk]), data)

    return send


def test_a_draft_is_saved_as_written(send, begun, partner, perspectives):
    assert send().url == reverse("write_application", args=[begun.pk])
    begun.refresh_from_db()
    assert (begun.state, begun.version, begun.partner) == ("draft", 2, partner)
    assert (begun.amount, begun.total_cost) == (Decimal("10000.00"), Decimal("25000.50"))
    assert begun.summary == "Vi sjunger.\nDe sjunger."
    assert [(tag.perspective, tag.how) for tag in begun.tags.all()] == [
        (perspectives[0], "Publiken sjunger med.")
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_shown_can_be_sent_back_unchanged(send, begun, client, language):
    send()
    with translation.override(language):
        address = reverse("write_application", args=[begun.pk])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in ("amount", "total_cost")}
    assert send(**shown, version="2").status_code == 302
    begun.refresh_from_db()
    assert (begun.amount, begun.total_cost) == (Decimal(10_000), Decimal("25000.50"))


def test_an_empty_draft_is_saved(send, begun):
    empty = dict.fromkeys(TYPED, "") | {"version": "1", "perspectives_invanare": None}
    assert send(**empty, partner="").status_code == 302
    begun.refresh_from_db()
    assert (begun.version, begun.amount, begun.tags.count()) == (2, None, 0)


def test_submitting_gives_a_receipt_with_the_number_on_the_page_and_by_mail(
    send, begun, client, applicant, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = send("submit")
    begun.refresh_from_db()
    assert response.url == reverse("receipt", args=[begun.pk])
    assert begun.case.number in client.get(response.url).content.decode()
    assert [message.to for message in post.outbox] == [[applicant.email]]
    assert begun.case.number in post.outbox[0].subject


def test_the_second_sending_is_a_conflict_with_the_number(send, begun):
    send("submit")
    for action in ("submit", "save"):
        response = send(action)
        begun.refresh_from_db()
        assert response.status_code == 409
        assert begun.case.number in response.content.decode()
    assert Mail.objects.count() == 1


def test_an_incomplete_one_is_saved_but_not_submitted_and_says_why_by_field(send, begun):
    response = send("submit", summary="", ends_on="", perspectives_invanare_how=" ")
    begun.refresh_from_db()
    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors.keys() == {"summary", "ends_on", "perspectives"}
    assert (begun.state, begun.title, begun.version) == ("draft", "Kör i två städer", 2)
    assert form["title"].value() == "Kör i två städer"
    assert form["version"].value() == 2


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("starts_on", "0001-01-01"),
        ("ends_on", "9999-12-31"),
        ("starts_on", "1027-05-01"),
        ("ends_on", "２０２７-05-09"),
        ("starts_on", "٢٠٢٧-05-01"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_and_kept(send, begun, name, day):
    response = send(**{name: day})
    begun.refresh_from_db()
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [name])
    assert form[name].value() == day
    assert begun.version == 1


def test_a_project_that_ended_before_the_call_opened_is_saved_but_not_submitted(send, begun, call):
    opened = timezone.localdate(call.opens_at)
    day = {"ends_on": str(opened - timedelta(days=1))}
    begins = str(opened - timedelta(days=400))
    response = send("submit", starts_on=begins, **day)
    begun.refresh_from_db()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["ends_on"])
    assert (begun.state, begun.version) == ("draft", 2)
    # One that has begun may go on.
    assert send("submit", starts_on=begins, ends_on=str(opened), version="2").status_code == 302


def test_it_can_be_mended_and_submitted_from_there(send, begun):
    send("submit", summary="")
    send("submit", version="2")
    begun.refresh_from_db()
    assert begun.state == "submitted"


@pytest.mark.parametrize("amount", ["1,000.50", "1_000", "１００", "-5", "0", "1,000", "\x00", "x"])
@pytest.mark.parametrize("action", ["save", "submit"])
def test_a_refused_amount_is_kept_as_typed_and_nothing_saved(send, begun, amount, action):
    response = send(action, amount=amount)
    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors.keys() == {"amount"}
    assert form["amount"].value() == amount
    assert form["title"].value() == "Kör i två städer"
    begun.refresh_from_db()
    assert (begun.title, begun.version) == ("", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Nul\x00"),
        ("title", "x" * 121),
        ("summary", "Nul\x00"),
        ("summary", "x" * 2001),
        ("partner", "99999"),
        ("partner", "\x00"),
        ("starts_on", "1/5 2027"),
        ("starts_on", "2027-02-30"),
        ("ends_on", "2027-04-30"),
        ("version", ""),
        ("version", "x"),
        ("version", "9" * 400),
    ],
)
def test_what_is_malformed_is_an_error_in_its_field(send, begun, field, value):
    response = send(**{field: value})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    begun.refresh_from_db()
    assert begun.version == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"perspectives_kunskap_how": "Utan kryss"},
        {"perspectives_invanare_how": "Nul\x00"},
        {"perspectives_invanare_how": "x" * 1001},
    ],
)
def test_a_perspective_and_its_how_belong_together(send, begun, changes):
    response = send(**changes)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"perspectives"}
    (typed,) = changes.values()
    assert typed.rstrip("\x00") in response.content.decode()


def test_line_breaks_count_once(send, begun):
    assert send(summary="x" * 1998 + "\r\n" + "x").status_code == 302


def test_after_the_deadline_nothing_is_submitted_and_the_draft_and_the_text_are_kept(
    send, begun, client, now
):
    send()
    Call.objects.update(closes_at=now - timedelta(minutes=1))
    response = send("submit", title="Ny titel", version="2")
    begun.refresh_from_db()
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"__all__"}
    assert response.context["form"]["title"].value() == "Ny titel"
    assert (begun.state, begun.title) == ("draft", "Kör i två städer")
    assert client.get(begun.get_absolute_url()).status_code == 200
    assert client.get(reverse("write_application", args=[begun.pk])).url == begun.get_absolute_url()


class TestAStaleForm:
    def test_is_a_conflict_that_shows_both_versions_and_keeps_the_text(self, send, begun):
        send(title="Sparat i annan flik", amount="5000")
        response = send(title="Skrivet här", version="1")
        begun.refresh_from_db()
        assert response.status_code == 409
        assert begun.title == "Sparat i annan flik"
        told = {d.label: (d.stored, d.typed) for d in response.context["differences"]}
        assert list(told.values()) == [
            ("Sparat i annan flik", "Skrivet här"),
            ("5\u00a0000\u00a0kr", "10\u00a0000\u00a0kr"),
        ]
        assert response.context["form"]["title"].value() == "Skrivet här"

    def test_shows_differences_of_partner_days_and_perspectives(self, send, begun):
        send(partner="", starts_on="", perspectives_invanare=None, perspectives_invanare_how="")
        differences = send(version="1").context["differences"]
        assert [(d.stored, d.typed) for d in differences] == [
            ("", "Vilniusregionen"),
            ("", "Invanare: Publiken sjunger med."),
            ("", "1 maj 2027"),
        ]

    def test_can_then_be_saved_knowingly(self, send, begun):
        send(title="Sparat i annan flik")
        version = send(title="Skrivet här", version="1").context["form"]["version"].value()
        assert send(title="Skrivet här", version=str(version)).status_code == 302
        begun.refresh_from_db()
        assert begun.title == "Skrivet här"

    def test_is_never_submitted(self, send, begun):
        send()
        assert send("submit", version="1").status_code == 409
        begun.refresh_from_db()
        assert begun.state == "draft"


def test_a_session_that_has_ended_leads_to_signing_in_and_back(send, begun, client):
    client.logout()
    address = reverse("write_application", args=[begun.pk])
    assert send().url == f"{reverse('account_login')}?next={address}"


def test_a_partner_that_is_no_longer_public_stays_in_the_draft_that_names_it(
    send, begun, partner, client
):
    send()
    partner.publication = "draft"
    partner.save()
    assert send(version="2").status_code == 302
    begun.refresh_from_db()
    assert begun.partner == partner
