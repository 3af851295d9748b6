"""Ways round the deny rule that once were open, each closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import Exchange
from portal.cases.models import Case, Conflict, Message
from portal.core.models import Mail
from portal.site.awaiting import awaiting
from portal.site.reminders import send_reminders
from tests.admin.forms import send


@pytest.fixture
def theirs(agreement, officer, partner, now):
    """A draft of an agreement that the officer handles, with terms being written."""
    agreement.publication, agreement.title_sv = "draft", "Hemliga samtal"
    agreement.save()
    agreement.case.register(by=officer, at=now, title=agreement.title_sv)
    signed = agreement.versions.last()
    agreement.versions.create(number=3, previous=signed, kind="amendment")
    party = agreement.parties.get(partner=partner)
    agreement.commitments.create(version=signed, party=party, text_sv="Bjuda in")
    return agreement


@pytest.fixture
def desk(sign_in, theirs, officer, now):
    """The officer's, who has declared a conflict."""
    Conflict.objects.declare(theirs.case, ground="interest", by=officer, at=now)
    return sign_in(officer)


def told(client, address, word="Hemliga samtal") -> bool:
    return word in client.get(address).content.decode()


def test_neither_filters_nor_choices_name_an_agreement_one_is_barred_from(
    desk, theirs, scheme, administrator, sign_in
):
    scheme.agreements.add(theirs)
    of_it = f"?agreement={theirs.pk}"
    addresses = [
        reverse("admin:agreements_commitment_changelist"),
        reverse("admin:agreements_commitment_add"),
        reverse("admin:agreements_exchange_add") + of_it,
        reverse("admin:agreements_review_add") + of_it,
        reverse("admin:grants_scheme_change", args=[scheme.pk]),
    ]
    assert [told(desk, address) for address in addresses] == [False] * 5
    assert desk.get(addresses[1] + of_it).context["agreements"].count() == 0
    colleague = sign_in(administrator)
    assert [told(colleague, address) for address in addresses[2::2]] == [True] * 2


def test_nothing_is_written_for_an_agreement_one_is_barred_from(desk, theirs):
    page = reverse("admin:agreements_exchange_add")
    given = {"agreement": theirs.pk, "form": "artists", "title_sv": "Besök", "country": "LT"}
    answer = send(desk, page, **given, place="Vilnius", starts_on="2026-01-01")
    assert "agreement" in answer.context["adminform"].form.errors
    assert not Exchange.objects.exists()


def test_what_a_scheme_serves_stays_though_the_barred_save_it(desk, theirs, scheme):
    scheme.agreements.add(theirs)
    page = reverse("admin:grants_scheme_change", args=[scheme.pk])
    assert send(desk, page, title_sv="Nytt namn").status_code == 302
    assert list(scheme.agreements.all()) == [theirs]
    assert not told(desk, reverse("admin:grants_scheme_history", args=[scheme.pk]))


def test_the_draft_page_and_the_overview_are_closed_to_the_barred(desk, theirs):
    assert desk.get(theirs.get_absolute_url()).status_code == 404
    answer = desk.get(reverse("agreements_overview"), {"agreement": theirs.slug})
    assert (answer.status_code, "Hemliga samtal" in answer.content.decode()) == (400, False)


def test_an_import_neither_tells_of_nor_changes_what_one_is_barred_from(desk, theirs):
    rows = {
        "agreements": "slug;kind;title_sv;parties;signed;source\n"
        f"{theirs.slug};programme;X;vilnius;2014;Y",
        "commitments": f"agreement;party;text_sv;text_en\n{theirs.slug};vilnius;Bjuda in;Invite",
    }
    for kind, text in rows.items():
        file = SimpleUploadedFile("rader.csv", text.encode(), "text/csv")
        answer = desk.post(reverse("import", args=[kind]), {"file": file})
        assert answer.context["count"]["wrong"] == 1
        assert "Hemliga samtal" not in answer.content.decode()


def test_what_awaits_counts_no_agreement_one_is_barred_from(theirs, officer, now):
    theirs.signed_on = now.date()
    theirs.valid_until = now.date() + timedelta(days=30)
    theirs.save()

    def lines():
        return [line.count for line in awaiting(officer, now) if "/agreement/" in line.url]

    assert lines() == [1, 1]
    Conflict.objects.declare(theirs.case, ground="other", by=officer, at=now)
    assert lines() == []


def test_the_verbs_themselves_refuse_the_barred(theirs, network, officer, delegation_point, now):
    engagement = network.engagements.get()
    for case in (theirs.case, engagement.case):
        Conflict.objects.declare(case, ground="other", by=officer, at=now)
    for verb in (theirs.publish, engagement.correct):
        with pytest.raises(PermissionDenied):
            verb(by=officer, at=now)


def test_the_outbox_hides_what_was_written_about_cases_one_is_barred_from(
    sign_in, submitted, administrator, applicant, officer, theirs, now
):
    Message.objects.send(submitted.case, "Hej", by=applicant, at=now)
    theirs.valid_until = now.date() + timedelta(days=20)
    theirs.save()
    send_reminders(now)
    client, outbox = sign_in(administrator), reverse("admin:core_mail_changelist")
    assert told(client, outbox, submitted.case.number)
    Conflict.objects.declare(submitted.case, ground="other", by=administrator, at=now)
    assert not told(client, outbox, submitted.case.number)
    about = Mail.objects.filter(subject__contains=submitted.case.number).first()
    assert client.get(reverse("admin:core_mail_change", args=[about.pk])).status_code == 404
    reminder = Mail.objects.get(to=officer.email, body__contains="Hemliga samtal")
    assert not told(client, reverse("admin:core_mail_change", args=[reminder.pk]))


def test_ones_own_data_say_nothing_of_a_case_one_is_barred_from(
    sign_in, submitted, officer, applicant, now
):
    for by in (applicant, officer):
        Message.objects.send(submitted.case, "Hej", by=by, at=now)
    client, data = sign_in(officer), reverse("my_data")
    assert told(client, data, submitted.case.number)
    Conflict.objects.declare(submitted.case, ground="other", by=officer, at=now)
    assert not told(client, data, submitted.case.number)
    assert told(sign_in(applicant), data, submitted.case.number)  # a party, and barred by that


def test_the_admin_leads_round_to_no_page(sign_in, theirs, administrator):
    """Django's redirect told any of the staff the address of any object."""
    assert sign_in(administrator).get(f"/admin/r/1/{theirs.pk}/").status_code == 404


def test_a_network_lists_no_engagement_one_is_barred_from(sign_in, network, officer, now):
    engagement, client = network.engagements.get(), sign_in(officer)
    its_page = reverse("admin:networks_engagement_change", args=[engagement.pk])
    page = reverse("admin:networks_network_change", args=[network.pk])
    assert told(client, page, its_page)
    Conflict.objects.declare(engagement.case, ground="other", by=officer, at=now)
    assert not told(client, page, its_page)
    assert Case.objects.barring(officer).count() == 1
