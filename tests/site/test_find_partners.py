"""Finding partners on the page: reasons that add up, words for what is wrong, nothing leaks."""

import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from agreements.models import Agreement
from networks.models import Engagement, Network
from partners.models import Partner, PartnerExchange, Theme
from portal.cases.models import Case
from portal.site import partnerfacts
from portal.site.matching import Wish, Word


def make_partner(slug, **facts):
    given = {"name_sv": slug.title(), "name_en": slug.title(), "country": "LT"}
    return Partner.objects.create(slug=slug, **{**given, "publication": "published", **facts})


@pytest.fixture
def themes(db):
    names = {"dans": "dance", "film": "film", "opera": "opera"}
    return {sv: Theme.objects.create(slug=sv, name_sv=sv, name_en=en) for sv, en in names.items()}


@pytest.fixture
def cast(partner, agreement, network, awarded, themes, eu):
    """Vilnius with everything that counts; Berlin with a little; Oslo with nothing asked for."""
    partner.strengths.add(themes["dans"])
    partner.challenges.add(themes["film"])
    partner.exchanges.create(form="artists", offers=True, seeks=False)
    partner.exchanges.create(form="training", offers=False, seeks=True)
    network.participations.create(partner=partner)
    berlin = make_partner("berlin", country="DE", lat=Decimal("52.5"), lon=Decimal("13.4"))
    berlin.strengths.add(themes["dans"], themes["opera"])
    make_partner("oslo", country="NO")


def find(client, language="sv", **asked):
    with translation.override(language):
        address = reverse("find_partners")
    return client.get(address, asked)


def told(html):
    """Per partner: (slug, reasons as (text, weight, times, points), sum), as printed."""
    found = []
    for part in html.split('<li class="match">')[1:]:
        body, _tbody, foot = part.partition("</tbody>")
        rows = re.findall(
            r'<tr><th scope="row">\s*(.*?)\s*</th><td class="number">(\d+) × ([\d,.]+)</td>'
            r'<td class="number">([\d,.]+)</td></tr>',
            body,
            re.DOTALL,
        )
        slug = re.search(r'href="/[a-z/]+/([a-z0-9-]+)/"', part)[1]
        total = re.search(r'<td class="number">([\d,.]+)</td>', foot)[1]
        assert re.search(r'class="points">([\d,.]+)<', body)[1] == total
        found.append((slug, rows, total))
    return found


def number(text):
    return Decimal(text.replace(",", "."))


EVERYTHING = {
    "challenge": ["dans", "film"], "strength": ["film"], "seek": ["artists"],
    "offer": ["training"], "perspective": ["invanare"], "q": "Vilnius och dance",
}  # fmt: skip


def test_every_reason_is_printed_with_its_points_and_they_add_up(client, cast):
    html = find(client, "en", **EVERYTHING, weight_distance=1).content.decode()
    assert told(html) == [
        (
            "vilnius",
            [
                ("Challenges you share: film", "3", "1", "3"),
                ("Their strengths meet your challenges: dance", "3", "1", "3"),
                ("Your strengths meet their challenges: film", "3", "1", "3"),
                ("They offer what you seek: artists", "2", "1", "2"),
                ("They seek what you offer: training", "2", "1", "2"),
                ("Perspectives you share: invanare (en)", "1", "1", "1"),
                ("Words that were found: dance, vilnius", "2", "2", "4"),
                ("The region has had an agreement with them", "1", "0.5", "0.5"),
                ("Projects with them that got support: 1", "1", "0.5", "0.5"),
                ("Networks that both they and the region take part in: CPMR", "1", "1", "1"),
                ("Distance in kilometres: 868", "1", "1", "1"),
            ],
            "21",
        ),
        (
            "berlin",
            [
                ("Their strengths meet your challenges: dance", "3", "1", "3"),
                ("Words that were found: dance", "2", "1", "2"),
                ("Distance in kilometres: 638", "1", "1", "1"),
            ],
            "6",
        ),
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("weight", [0, 1, 3, 5])
def test_what_is_printed_adds_up_in_both_languages(client, cast, language, weight):
    weights = {f"weight_{name}": weight for name in ("history", "distance", "exchange")}
    found = told(find(client, language, **EVERYTHING, **weights).content.decode())
    assert [slug for slug, _rows, _total in found] == ["vilnius", "berlin"]
    for _slug, rows, total in found:
        for _text, by, times, points in rows:
            assert number(points) == int(by) * number(times)
        assert number(total) == sum(number(points) for *_rest, points in rows)


def test_the_address_in_each_language(client, db):
    with translation.override("sv"):
        assert reverse("find_partners") == "/partner/hitta/"
    with translation.override("en"):
        assert reverse("find_partners") == "/en/partners/find/"


def test_with_nothing_chosen_the_page_asks_for_a_choice(client, cast):
    for asked in ({}, {"weight_history": 5}, {"country": "LT"}, {"q": "och i"}):
        response = find(client, "en", **asked)
        assert response.status_code == 200
        assert told(response.content.decode()) == []
        assert "Choose at least one challenge" in response.content.decode()


def test_what_nobody_answers_says_what_to_do(client, cast):
    html = find(client, "en", challenge="opera", country="NO").content.decode()
    assert told(html) == []
    assert "No partner answers what you chose" in html


def test_a_weight_decides_and_what_is_left_empty_is_as_from_the_beginning(client, cast):
    [(_slug, rows, total)] = told(
        find(client, challenge="film", weight_challenges=5, weight_history="", weight_networks=0)
        .content.decode()
    )  # fmt: skip
    assert [(by, times) for _text, by, times, _points in rows] == [
        ("5", "1"), ("1", "0,5"), ("1", "0,5"),
    ]  # fmt: skip
    assert total == "6"


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ({"country": "DE"}, ["berlin"]),
        ({"eu": "true"}, ["vilnius"]),  # the fixture knows Germany as no member
        ({"eu": "false"}, ["berlin"]),
        ({"km": 700}, ["berlin"]),
        ({"km": 900}, ["berlin", "vilnius"]),
    ],
)
def test_a_limit_takes_partners_away_and_gives_no_points(client, cast, limit, found):
    unlimited = told(find(client, challenge="dans").content.decode())
    limited = told(find(client, challenge="dans", **limit).content.decode())
    assert sorted(slug for slug, _rows, _total in limited) == found
    assert limited == [match for match in unlimited if match[0] in found]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("challenge", "nonsense", "Challenges you want to work with: Select a valid choice"),
        ("seek", "money", "Exchange you seek: Select a valid choice"),
        ("perspective", "x", "Perspectives you work for: Select a valid choice"),
        ("country", "XX", "Country: Select a valid choice"),
        ("eu", "maybe", "In the EU: Select a valid choice"),
        ("km", "far", "away: Write a whole number from 1 to 20100."),
        ("km", "0", "away: Write a whole number from 1 to 20100."),
        ("weight_history", "6", "Earlier cooperation: Write a whole number from 0 to 5."),
        ("weight_history", "-1", "Earlier cooperation: Write a whole number from 0 to 5."),
        ("weight_distance", "1.5", "Nearness: Write a whole number from 0 to 5."),
        ("weight_distance", ["1", "2"], "Nearness: Give “weight_distance” once."),
        ("q", "a b c d e f g h i", "Words: Search for at most 8 words."),
        ("q", "x" * 201, "Words: Ensure this value has at most 200 characters"),
        ("page", "two", "Enter a whole number."),
        ("colour", "red", "“colour” is not asked for here."),
    ],
)
def test_a_wrong_value_gives_400_with_words_and_keeps_the_rest(client, cast, name, value, said):
    response = find(client, "en", **{"strength": "film", "km": 812, name: value})
    html = response.content.decode()
    assert response.status_code == 400
    summary = html.partition('id="error-summary"')[2].partition("</ul>")[0]
    assert said in re.sub(r"<[^>]+>", "", summary)
    assert re.search(r'name="strength"[^>]*value="film"[^>]* checked', html)
    if name == "km":
        assert f'value="{value}"' in html
    else:
        assert 'value="812"' in html
    assert told(html) == []


@pytest.mark.parametrize("asked", ["challenge=%00", "q=%ED%A0%80", "weight_words=%00"])
def test_what_cannot_be_stored_is_refused(client, cast, asked):
    assert client.get(f"/partner/hitta/?{asked}").status_code == 400


def test_a_number_too_big_for_anything_is_refused(client, cast):
    for name in ("km", "weight_words", "page"):
        assert find(client, challenge="dans", **{name: "9" * 5000}).status_code == 400


def test_drafts_own_bodies_and_those_no_longer_there_are_never_proposed(client, cast, themes):
    today = timezone.localdate()
    hidden = {
        "utkast": {"publication": "draft"},
        "egen": {"kind": "own_body"},
        "slut": {"active_until": today - timedelta(days=1)},
        "sedan": {"active_from": today + timedelta(days=1)},
    }
    for slug, facts in hidden.items():
        make_partner(slug, **facts).strengths.add(themes["dans"])
    asked = {"challenge": "dans", "q": " ".join(hidden)}
    html = find(client, **asked).content.decode()
    assert [slug for slug, _rows, _total in told(html)] == ["vilnius", "berlin"]
    Partner.objects.filter(slug__in=hidden).update(
        publication="published", kind="region", active_from=None, active_until=None
    )
    found = told(find(client, **asked).content.decode())
    assert {slug for slug, _rows, _total in found} == {"vilnius", "berlin", *hidden}


def test_what_is_not_public_gives_no_points(client, cast, partner, agreement, network, officer):
    """The control stands in the first test: public, the same facts do."""
    partner.contacts.create(name="Hemlig Person", email="hemlig@example.org")
    partner.interactions.create(
        kind="call", on=date(2026, 1, 1), about="Förtroligt samtal", noted_by=officer
    )
    Agreement.objects.update(publication="draft")
    Network.objects.update(publication="draft")
    html = find(client, "en", challenge="film", q="hemlig person förtroligt").content.decode()
    [(_slug, rows, total)] = told(html)
    assert [text for text, *_rest in rows] == [
        "Challenges you share: film",
        "Projects with them that got support: 1",
    ]
    assert total == "3.5"


def test_networks_count_while_both_take_part(client, cast, partner, network):
    def networks():
        [(_slug, rows, _total)] = told(find(client, "en", challenge="film").content.decode())
        return [text for text, *_rest in rows if text.startswith("Networks")]

    assert len(networks()) == 1
    Engagement.objects.update(end=timezone.localdate() - timedelta(days=1))
    assert networks() == []
    Engagement.objects.update(end=None, state="for_decision")
    assert networks() == []
    Engagement.objects.update(state="in_force")
    network.participations.update(end=timezone.localdate() - timedelta(days=1))
    assert networks() == []


def test_an_agreement_in_force_counts_whole_and_an_earlier_one_half(client, cast, partner):
    def agreements(**dates):
        Agreement.objects.update(**dates)
        [(_slug, rows, _total)] = told(find(client, "en", challenge="film").content.decode())
        return [(text, points) for text, _by, _t, points in rows if "agreement" in text]

    earlier = [("The region has had an agreement with them", "0.5")]
    assert agreements() == earlier
    assert agreements(valid_until=None) == [("The region has an agreement with them in force", "1")]
    assert agreements(terminated_on=date(2020, 1, 1)) == earlier
    assert agreements(signed_on=None) == []


def test_more_than_ten_are_turned_by_page_and_the_choices_are_kept(client, db, themes):
    for number in range(23):
        make_partner(f"p{number:02}").strengths.add(themes["dans"])
    asked = {"challenge": "dans"}
    read, html = [], find(client, **asked).content.decode()
    while True:
        read += [slug for slug, _rows, _total in told(html)]
        following = re.search(r'<a rel="next" href="([^"]+)"', html)
        if following is None:
            break
        html = client.get("/partner/hitta/" + following[1].replace("&amp;", "&")).content.decode()
    assert read == [f"p{number:02}" for number in range(23)]
    assert "Sidan 3 av 3" in html


def test_the_same_question_gets_the_same_answer(client, cast):
    address = f"/partner/hitta/?{urlencode(EVERYTHING, doseq=True)}"
    assert client.get(address).content == client.get(address).content


def test_the_choices_stand_in_the_form_again(client, cast):
    html = find(client, **EVERYTHING, country="LT", km=900, weight_words=4).content.decode()
    ticked = re.findall(r'name="([a-z]+)"[^>]*value="([a-z]+)"[^>]* checked', html)
    assert sorted(ticked) == [
        ("challenge", "dans"), ("challenge", "film"), ("offer", "training"),
        ("perspective", "invanare"), ("seek", "artists"), ("strength", "film"),
    ]  # fmt: skip
    assert re.search(r'name="weight_words" value="4"', html)
    assert re.search(r'<option value="LT" selected', html)


def test_the_list_the_home_page_and_the_application_lead_here(client, sign_in, draft, applicant):
    for name in ("home", "partners"):
        assert f'href="{reverse("find_partners")}"' in client.get(reverse(name)).text
    form = sign_in(applicant).get(reverse("write_partners", args=[draft.pk])).text
    assert f'href="{reverse("find_partners")}"' in form


class TestPartnersLikeThisOne:
    def alike(self, client, partner, language="sv"):
        with translation.override(language):
            html = client.get(partner.get_absolute_url()).text
        title = {"sv": "Samarbetspartner som liknar denna", "en": "Partners like this one"}
        section = html.partition(title[language])[2].partition("</section>")[0]
        rows = section.split('<li class="row">')[1:]
        return [
            (re.search(r'/([a-z0-9-]+)/">', row)[1], re.findall(r"<p>\s*(.*?)\s*</p>", row))
            for row in rows
        ]

    def test_the_three_that_share_most_stand_with_what_they_share(self, client, cast, partner):
        for slug in ("a", "b", "c"):
            make_partner(slug).strengths.add(Theme.objects.get(slug="dans"))
        PartnerExchange.objects.create(
            partner=Partner.objects.get(slug="c"), form="artists", seeks=False
        )
        assert self.alike(client, partner, "en") == [
            ("c", ["Both are strong in: dance", "Both offer: artists"]),
            ("a", ["Both are strong in: dance"]),
            ("b", ["Both are strong in: dance"]),
        ]

    def test_nobody_is_named_who_is_not_public(self, client, cast, partner):
        assert [slug for slug, _reasons in self.alike(client, partner)] == ["berlin"]
        for hidden in ({"publication": "draft"}, {"kind": "own_body"}):
            shown = {"publication": "published", "kind": "region"}
            Partner.objects.filter(slug="berlin").update(**{**shown, **hidden})
            assert self.alike(client, partner) == []

    def test_it_costs_the_same_however_many_there_are(self, client, cast, partner, themes):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                client.get(partner.get_absolute_url())
            return len(captured)

        few = queries()
        for number in range(30):
            make_partner(f"p{number}").strengths.add(themes["dans"])
        assert queries() == few <= 20


@pytest.mark.parametrize(
    ("word", "read"), [("", {"berlin", "vilnius"}), ("x", {"berlin", "oslo", "vilnius"})]
)
def test_only_words_ask_for_those_who_have_nothing_of_it(cast, themes, word, read):
    """Of five thousand partners, most have nothing that was asked for."""
    today = timezone.localdate()
    words = (Word(word),) if word else ()
    wish = Wish((12, 58), challenges=partnerfacts.things([themes["dans"]]), words=words)
    facts = partnerfacts.for_wish(partnerfacts.candidates(today), wish, today)
    assert {partner.slug for partner in facts} == read


def test_a_coming_agreement_says_nothing(client, cast, partner, line):
    case = Case.objects.create(kind="agreement", title="Nytt")
    coming = Agreement.objects.create(
        slug="nytt", case=case, kind="programme", title_sv="Nytt", title_en="New", line=line,
        publication="published",
    )  # fmt: skip
    coming.parties.create(partner=Partner.objects.get(slug="berlin"))
    [_vilnius, (slug, rows, _total)] = told(find(client, challenge="dans").content.decode())
    assert (slug, len(rows)) == ("berlin", 1)
