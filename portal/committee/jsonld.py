from portal.core import jsonld


def describe_decision(decision) -> dict:
    """What it was about stands only where the public reads it."""
    award = getattr(decision, "award", None) if decision.public_matter else None
    return jsonld.described(
        "DigitalDocument",
        decision,
        genre="Decision",
        identifier=decision.proposal.case.number,
        about=decision.public_matter,
        author=jsonld.committee(),
        dateCreated=decision.decided_on,
        contentLocation=jsonld.country(decision.country),
        mainEntity=jsonld.link("MonetaryGrant", award),
    )


def describe_notice(notice) -> dict:
    return jsonld.described(
        "SpecialAnnouncement",
        notice,
        datePosted=notice.announced_on,
        expires=notice.appeal_ends_on,
        text=str(notice),
        publisher=jsonld.committee(),
    )
