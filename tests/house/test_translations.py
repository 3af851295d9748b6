from portal.site import catalogue


def test_every_text_is_translated_and_none_is_guessed():
    assert catalogue.shortcomings() == []
