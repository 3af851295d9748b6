"""Both engines sort and search as Swedish readers expect."""

import pytest

from portal.core.models import Municipality

NAMES = ["Öckerö", "Örebro", "Ale", "Åmål", "Ängelholm", "Zorn", "ale två", "Vara", "Wara"]


@pytest.fixture
def places(db):
    Municipality.objects.bulk_create(
        Municipality(code=f"{number:04}", name=name) for number, name in enumerate(NAMES)
    )
    return Municipality.objects.all()


def test_the_alphabet_ends_with_a_ring_a_dots_o_dots(places):
    names = list(places.order_by("name").values_list("name", flat=True))
    assert names == [
        "Ale", "ale två", "Vara", "Wara", "Zorn", "Åmål", "Ängelholm", "Öckerö", "Örebro",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["öre", "ÖRE", "Öre", "rebro"])
def test_search_finds_letters_without_regard_to_case(places, text):
    assert list(places.filter(name__icontains=text).values_list("name", flat=True)) == ["Örebro"]


@pytest.mark.parametrize("text", ["%", "_", "\\"])
def test_wildcards_are_letters_like_others(places, text):
    assert not places.filter(name__icontains=text).exists()
