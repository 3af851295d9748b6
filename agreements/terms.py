"""The terms of a version as plain data: what the parties confirm, and what its hash is made of.

`portal.cases.canonical` writes this data in one way only. What is not here (perspectives'
follow-up, what has been done, notes, dates of signing) can change without touching the terms.
"""


def terms_of(version) -> dict:
    """The terms as they are written now, in the order of their rows.

    Dates are ISO 8601, texts as they were typed. Raises nothing: what is missing is null or empty.
    """
    agreement = version.agreement
    parties = list(agreement.parties.select_related("partner"))
    places = {party.pk: place for place, party in enumerate(parties, 1)}
    return {
        "format": "motesplats-terms/1",
        "agreement": agreement.slug,
        "kind": agreement.kind,
        "version": {"number": version.number, "kind": version.kind},
        "valid_until": _day(version.valid_until),
        "notice_on": _day(version.notice_on),
        "review_month": version.review_month,
        "parties": [
            {"party": places[party.pk], "name": party.called, "language": party.language}
            for party in parties
        ],
        "texts": [
            {"language": text.language, "title": text.title, "body": text.body}
            for text in version.texts.order_by("language")
        ],
        "commitments": [
            _commitment(commitment, places) for commitment in version.commitments.for_terms()
        ],
    }


def _commitment(commitment, places: dict[int, int]) -> dict:
    wordings = {wording.language: wording.text for wording in commitment.wordings.all()}
    return {
        "party": places[commitment.party_id],
        "text": {"sv": commitment.text_sv or "", "en": commitment.text_en or "", **wordings},
        "exchange": commitment.exchange,
        "perspectives": sorted(p.slug for p in commitment.perspectives.all()),
        "due_on": _day(commitment.due_on),
        "rhythm": commitment.rhythm,
    }


def _day(day) -> str | None:
    return day.isoformat() if day else None
