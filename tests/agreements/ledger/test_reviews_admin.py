"""Reviews in the admin: begun, sent, our part written, the parts read, closed."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from agreements.models import Review
from tests.agreements.ledger.conftest import WRITTEN

ADD = "/en/admin/agreements/review/add/"


def page_of(review, name="change", *more):
    return reverse(f"admin:agreements_review_{name}", args=[review.pk, *more])


def errors(answer):
    return list(answer.context["adminform"].form.errors)


def begin(client, agreement, **given):
    data = {"agreement": agreement.pk, "year": 2025, "due_on": "2026-01-31", **given}
    return client.post(ADD, data)


def test_an_officer_begins_it_once_a_year(sign_in, officer, agreement):
    client = sign_in(officer)
    assert begin(client, agreement).status_code == 302
    review = Review.objects.get()
    assert (review.agreement, review.year, review.due_on) == (agreement, 2025, date(2026, 1, 31))
    assert review.parts.count() == 2
    again = begin(client, agreement)
    assert (again.status_code, errors(again)) == (200, ["__all__"])


@pytest.mark.parametrize("year", [2013, 2999, "", "nonsense", 10**6])
def test_the_year_is_one_of_the_agreement_s(sign_in, officer, agreement, year):
    answer = begin(sign_in(officer), agreement, year=year)
    assert (answer.status_code, errors(answer)) == (200, ["year"])
    assert Review.objects.count() == 0


def test_what_is_not_signed_is_not_reviewed(sign_in, officer, agreement):
    agreement.versions.get(number=2).delete()
    agreement.versions.all().delete()
    agreement.follow_versions()
    answer = begin(sign_in(officer), agreement)
    assert (answer.status_code, errors(answer)) == (200, ["agreement"])


def test_others_do_not_begin_it(sign_in, secretary, administrator, officer, agreement):
    agreement.case.parties.create(role="counterpart", user=officer)
    for user in (secretary, administrator):
        assert begin(sign_in(user), agreement).status_code == 403
    # Who is barred finds no such agreement.
    assert list(errors(begin(sign_in(officer), agreement))) == ["agreement"]
    assert Review.objects.count() == 0


def test_it_is_sent_by_a_press(
    sign_in, officer, review, theirs, django_capture_on_commit_callbacks
):
    client = sign_in(officer)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page_of(review, "verb", "invite_to_write")).status_code == 302
    assert [message.to for message in mail.outbox] == [["rita@vilnius.example.org"]]


def test_staff_write_our_part_in_a_form(sign_in, officer, review, ours, commitment, yearly, theirs):
    client = sign_in(officer)
    address = page_of(review, "verb", "write_own")
    form = client.get(address).context["adminform"].form
    assert form.initial["author_name"] == "Officer"
    part = review.parts.get(party=ours)
    data = {
        **WRITTEN, "part": part.pk, f"kept_{theirs.pk}": [yearly.pk],
        "achieved_invanare": "Fler möten",
    }  # fmt: skip
    missing = client.post(address, {**data, "went_well": ""})
    assert (missing.status_code, errors(missing)) == (200, ["went_well"])
    assert missing.context["adminform"].form["to_improve"].value() == WRITTEN["to_improve"]
    foreign = client.post(address, {**data, "part": review.parts.get(party=theirs).pk})
    assert (foreign.status_code, errors(foreign)) == (200, ["part"])
    assert client.post(address, data).status_code == 302
    part.refresh_from_db()
    assert part.went_well == WRITTEN["went_well"]
    again = client.get(address).context["adminform"].form
    assert again.initial["went_well"] == WRITTEN["went_well"]
    assert again.initial[f"kept_{theirs.pk}"] == [str(yearly.pk)]
    assert again.initial["achieved_invanare"] == "Fler möten"
    shown = client.get(page_of(review)).content.decode()
    assert WRITTEN["went_well"] in shown
    assert "Ta emot konstnärer" in shown


def test_the_closing_form_suggests_what_the_parties_wrote(
    client, sign_in, officer, review, link, ours, agreement
):
    client.post(link, {**WRITTEN, "achieved_invanare": "More people met."})
    review.write_own(
        by=officer, at=review.parts.last().written_at, part=review.parts.get(party=ours), done=[],
        achieved={agreement.tags.get().perspective: "Fler möttes."},
        **{**WRITTEN, "went_well": "Utbytet gick bra."},
    )  # fmt: skip
    client = sign_in(officer)
    address = page_of(review, "verb", "close")
    page = client.get(address)
    initial = page.context["adminform"].form.initial
    assert "Utbytet gick bra." in initial["summary_sv"]
    assert "The residencies went well." in initial["summary_en"]
    assert (initial["achieved_sv_invanare"], initial["achieved_en_invanare"]) == (
        "Fler möttes.",
        "More people met.",
    )
    assert WRITTEN["to_improve"] in page.content.decode()
    missing = client.post(address, {**initial, "summary_en": ""})
    assert (missing.status_code, errors(missing)) == (200, ["summary_en"])
    given = {**initial, "summary_sv": "Bra år", "summary_en": "A good year"}
    assert client.post(address, given).status_code == 302
    review.refresh_from_db()
    tag = agreement.tags.get()
    assert (review.state, review.summary_en) == ("closed", "A good year")
    assert (tag.achieved_sv, tag.achieved_en) == ("Fler möttes.", "More people met.")
    assert client.post(address, given).status_code == 409


def test_a_closed_review_is_read_only(sign_in, officer, review, now):
    review.close(by=officer, at=now, summary_sv="Bra", summary_en="Good", achieved={})
    client = sign_in(officer)
    page = client.get(page_of(review))
    assert list(page.context["adminform"].form.fields) == []
    assert "/do/" not in page.content.decode()


@pytest.mark.parametrize("who", ["secretary", "administrator"])
def test_other_staff_read_it(request, sign_in, review, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(page_of(review)).status_code == 200
    for verb in ("invite_to_write", "write_own", "close"):
        assert client.post(page_of(review, "verb", verb), {}).status_code == 403
