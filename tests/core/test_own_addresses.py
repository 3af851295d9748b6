"""No item takes the address of a fixed page: it would stand hidden behind it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import resolve, reverse
from django.utils import translation

from agreements.models import Agreement
from networks.models import Briefing, Network, Position
from partners.models import Partner
from tests.admin.forms import send

ITEMS = {
    "partner": Partner,
    "agreement": Agreement,
    "network": Network,
    "position": Position,
    "briefing": Briefing,
}
# A fixed page, the items whose path it stands under, and its last word in either language.
TAKEN = [
    ("find_partners", "partner", "hitta"),
    ("find_partners", "partner", "find"),
    ("terms_confirmed", "agreement", "bekraftat"),
    ("terms_confirmed", "agreement", "confirmed"),
    ("subscribe", "briefing", "prenumerera"),
    ("subscribe", "briefing", "subscribe"),
]


def check(page, slug):
    ITEMS[page]._meta.get_field("slug").clean(slug, None)


@pytest.mark.parametrize(("fixed", "page", "slug"), TAKEN)
def test_one_that_leads_to_a_fixed_page_is_refused_in_either_language(fixed, page, slug):
    found = set()
    for code in ("sv", "en"):
        with translation.override(code):
            found.add(resolve(reverse(page, args=[slug])).url_name)
            with pytest.raises(ValidationError) as error:
                check(page, slug)
            assert [one.code for one in error.value.error_list] == ["taken_by_a_page"]
    assert found == {fixed, page}


@pytest.mark.parametrize("page", ITEMS)
@pytest.mark.parametrize("slug", ["vilnius", "hitta-hem", "2026-11-24", "karta"])
def test_any_other_is_taken(page, slug):
    check(page, slug)


@pytest.mark.parametrize("page", ITEMS)
def test_what_is_no_address_at_all_is_told_once(page):
    with pytest.raises(ValidationError) as error:
        check(page, "två ord")
    assert [one.code for one in error.value.error_list] == ["invalid"]


def test_the_form_says_so_at_its_field(sign_in, officer, partner):
    Partner.objects.update(publication="draft")
    address = f"/admin/partners/partner/{partner.pk}/change/"
    answer = send(sign_in(officer), address, slug="hitta")
    assert answer.context["adminform"].form.errors == {
        "slug": ["”hitta” är adressen till en annan sida: välj en annan."]
    }
    partner.refresh_from_db()
    assert partner.slug == "vilnius"
