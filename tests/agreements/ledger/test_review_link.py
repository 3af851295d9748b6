"""The page behind the link: what it shows and hides, how it refuses, and that it keeps words."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agreements.models import ReviewPart
from partners.models import Partner
from portal.cases.models import Invitation
from tests.agreements.ledger.conftest import WRITTEN, address_in
from tests.site.test_public_query_counts import queries

SWEDISH_THANKS = "/avtal/utvardering/tack/"
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
}


def written():
    return ReviewPart.objects.exclude(written_at=None)


def headers_of(answer):
    return {name: answer.headers.get(name) for name in HEADERS}


@pytest.fixture
def second(agreement, partner):
    """Another counterpart, that speaks Swedish."""
    other = Partner.objects.create(
        slug="oulu", name_sv="Uleåborg", name_en="Oulu", country="FI", publication="published"
    )
    return agreement.parties.create(
        partner=other, language="sv", email="pekka@oulu.example.org", signatory="Pekka Ek"
    )


def test_it_asks_about_the_commitments_of_all_in_the_party_s_language(
    client, link, pledge, ours, theirs, yearly, perspectives, draft_version
):
    first = pledge(ours, text="Visa textil")
    pledge(ours, text="Nedlagt", state="dropped", dropped_because="Lokalen")
    pledge(ours, text="Utkast", version=draft_version)
    yearly.wordings.create(language="lt", text="Priimti menininkus")
    page = client.get(link)
    form = page.context["form"]
    assert page.status_code == 200
    assert headers_of(page) == HEADERS
    assert {name: form.fields[name].choices for name in form.kept_fields} == {
        f"kept_{ours.pk}": [(str(first.pk), "Visa textil (en)")],
        f"kept_{theirs.pk}": [
            (str(yearly.pk), '<span lang="lt">Priimti menininkus</span> (Ta emot konstnärer (en))')
        ],
    }
    assert form.achieved_fields == [f"achieved_{perspectives[0].slug}"]
    assert '<html lang="en"' in page.content.decode()


def test_what_was_sent_is_kept_as_it_was_typed(client, link, theirs, commitment, yearly, ours):
    data = {
        **WRITTEN,
        "went_well": "Första raden\r\nandra",
        f"kept_{ours.pk}": [commitment.pk],
        f"kept_{theirs.pk}": [yearly.pk],
        "achieved_invanare": "More people met.",
    }
    answer = client.post(link, data)
    assert (answer.status_code, answer.url) == (302, "/en/agreements/review/thank-you/")
    assert headers_of(answer) == HEADERS
    part = written().get()
    assert part.party == theirs
    assert {name: getattr(part, name) for name in WRITTEN} == {
        **WRITTEN,
        "went_well": "Första raden\nandra",
    }
    assert [tick.commitment for tick in part.ticks.order_by("pk")] == [commitment, yearly]
    assert [(one.perspective.slug, one.text) for one in part.achievements.all()] == [
        ("invanare", "More people met.")
    ]
    thanks = client.get(answer.url)
    assert (thanks.status_code, headers_of(thanks)) == (200, HEADERS)
    assert "Vilnius" not in thanks.content.decode()


def test_a_browser_that_tells_no_origin_can_send(link):
    """Under the page's referrer policy a browser sends `Origin: null`, and no cookie is needed."""
    client = Client(enforce_csrf_checks=True)
    assert client.get(link).cookies == {}
    answer = client.post(link, WRITTEN, headers={"origin": "null"})
    assert (answer.status_code, written().count()) == (302, 1)


@pytest.mark.parametrize("missing", ["went_well", "author_name", "author_role"])
def test_what_is_missing_is_named_and_the_rest_is_kept(client, link, missing, commitment, ours):
    data = {**WRITTEN, missing: " ", f"kept_{ours.pk}": [commitment.pk], "achieved_invanare": "Ja"}
    page = client.post(link, data)
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, [missing])
    assert headers_of(page) == HEADERS
    text = page.content.decode()
    assert all(text.count(value) == 1 for name, value in WRITTEN.items() if name != missing)
    assert form[f"kept_{ours.pk}"].value() == [str(commitment.pk)]
    assert form["achieved_invanare"].value() == "Ja"
    assert written().count() == 0
    assert client.post(link, WRITTEN).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("went_well", "x" * 3001),
        ("achieved_invanare", "x" * 1001),
        ("author_name", "x" * 121),
        ("went_well", "a\x00b"),
    ],
)
def test_what_is_too_long_or_cannot_be_stored_is_refused_by_its_field(client, link, field, value):
    page = client.post(link, {**WRITTEN, field: value})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert written().count() == 0


def test_a_tick_that_was_not_asked_for_is_refused(client, link, pledge, ours, draft_version):
    pledge(ours)
    other = pledge(ours, version=draft_version)
    for value in (other.pk, "nonsense", "999999999999999999999"):
        page = client.post(link, {**WRITTEN, f"kept_{ours.pk}": [value]})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [f"kept_{ours.pk}"])
    assert written().count() == 0


def test_it_works_once(client, link):
    client.post(link, WRITTEN)
    for answer in (client.get(link), client.post(link, {**WRITTEN, "went_well": "Once more"})):
        assert answer.status_code == 410
        assert headers_of(answer) == HEADERS
        assert "The link has been used. It works once." in answer.content.decode()
    assert written().get().went_well == WRITTEN["went_well"]


def test_what_was_typed_into_a_spent_link_can_be_copied(client, link):
    client.post(link, WRITTEN)
    answer = client.post(link, {**WRITTEN, "went_well": "Words <b>not</b> to lose"})
    assert answer.status_code == 410
    assert "Words &lt;b&gt;not&lt;/b&gt; to lose" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("expired", "The link has expired. Ask us for a new one."),
        ("revoked", "The link has been replaced. Use the latest one we sent."),
        ("closed", "The review has been closed."),
    ],
)
def test_an_ended_link_says_why(client, link, review, officer, now, change, words):
    if change == "expired":
        Invitation.objects.update(
            issued_at=now - timedelta(days=31), expires_at=now - timedelta(days=1)
        )
    elif change == "revoked":
        Invitation.objects.all().revoke(now)
    else:
        review.close(by=officer, at=now, summary_sv="Bra", summary_en="Good", achieved={})
    for answer in (client.get(link), client.post(link, WRITTEN)):
        assert answer.status_code == 410
        assert headers_of(answer) == HEADERS
        assert words in answer.content.decode()
    assert written().count() == 0


def test_a_token_that_is_not_ours_is_not_found(client, link, agreement, review, officer, now):
    stem, token = link.rstrip("/").rsplit("/", 1)
    confirming = Invitation.objects.issue(
        case=agreement.case, purpose="confirm", reference=review.parts.last().pk, by=officer, at=now
    )
    for foreign in ("nonsense", token[:-1], f"x{token}", confirming, "å:ä:ö"):
        answer = client.get(f"{stem}/{foreign}/")
        assert (answer.status_code, headers_of(answer)) == (404, HEADERS), foreign
        assert client.post(f"{stem}/{foreign}/", WRITTEN).status_code == 404
    assert written().count() == 0


@pytest.fixture
def swedish(link):
    """The link at its Swedish address, as a colleague might pass it on."""
    with translation.override("sv"):
        return reverse("write_review", args=[link.rstrip("/").rsplit("/", 1)[1]])


def other_language(page):
    """Where the page's own switch leads."""
    [other] = [one for one in page.context["languages"] if not one["current"]]
    assert other["url"] in page.content.decode()
    return other["url"]


def test_the_page_speaks_the_party_s_language_at_any_address(client, link, swedish):
    for address in (link, swedish):
        page = client.get(address)
        assert '<html lang="en"' in page.content.decode()
        assert page["Content-Language"] == "en"
        assert "What went well" in page.content.decode()
    assert client.post(swedish, WRITTEN).url == "/en/agreements/review/thank-you/"


def test_a_refused_link_speaks_it_too(client, link, swedish):
    client.post(link, WRITTEN)
    assert "The link has been used." in client.get(swedish).content.decode()


def test_a_swedish_party_reads_swedish_at_an_english_address(client, link, theirs):
    theirs.language = "sv"
    theirs.save()
    assert '<html lang="sv"' in client.get(link).content.decode()


def test_another_language_can_be_chosen_and_left_again(client, link, swedish):
    for address in (link, swedish):
        chosen = client.get(other_language(client.get(address)))
        assert '<html lang="sv"' in chosen.content.decode()
        assert "Vad som gick bra" in chosen.content.decode()
        back = client.get(other_language(chosen))
        assert '<html lang="en"' in back.content.decode()
    assert client.post(chosen.wsgi_request.get_full_path(), WRITTEN).url == SWEDISH_THANKS


def test_a_language_that_is_not_spoken_is_not_chosen(client, link):
    assert '<html lang="en"' in client.get(f"{link}?language=fi").content.decode()


def test_one_party_neither_reads_nor_writes_another_s(
    client, second, review, theirs, ours, officer, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        review.invite_to_write(by=officer, at=now)
    links = {message.to[0]: address_in(message) for message in mail.outbox}
    one, other = links["rita@vilnius.example.org"], links["pekka@oulu.example.org"]
    assert other.startswith("/avtal/utvardering/")
    client.post(one, {**WRITTEN, "went_well": "HEMLIGT FÖRE"})
    review.write_own(
        by=officer, at=now, part=review.parts.get(party=ours), done=[], achieved={},
        **dict.fromkeys(WRITTEN, "HEMLIGT FÖRE"),
    )  # fmt: skip
    text = client.get(other).content.decode()
    for hidden in ("HEMLIGT FÖRE", "Rita", "Pekka", "@vilnius", "@oulu", "officer@"):
        assert hidden not in text, hidden
    # Naming another part or party in what is sent changes nothing.
    client.post(other, {**WRITTEN, "party": theirs.pk, "part": review.parts.get(party=theirs).pk})
    assert {part.party: part.went_well for part in written()} == {
        theirs: "HEMLIGT FÖRE",
        ours: "HEMLIGT FÖRE",
        second: WRITTEN["went_well"],
    }


def test_a_part_of_another_case_is_not_opened(client, link, review):
    """Were an invitation's reference wrong, it would still not reach another case's review."""
    Invitation.objects.update(reference=10**9)
    assert client.get(link).status_code == 404


def test_the_page_asks_the_database_little(client, link, pledge, ours, theirs):
    for _n in range(3):
        pledge(ours)
    few = queries(client, link)
    for _n in range(30):
        pledge(theirs).wordings.create(language="lt", text="Ką nors")
    assert queries(client, link) == few <= 15
