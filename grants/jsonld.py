from portal.core import jsonld


def describe_call(call) -> dict:
    return jsonld.described(
        "GovernmentService",
        call,
        description=call.text or call.scheme.about,
        provider=jsonld.committee(),
        audience=[
            {"@type": "Audience", "audienceType": label} for label in call.scheme.applicant_labels
        ],
        offers={
            "@type": "Offer",
            "availabilityStarts": call.opens_at,
            "availabilityEnds": call.closes_at,
            "priceCurrency": "SEK",
            "price": 0,
        },
    )


def describe_award(award) -> dict:
    return jsonld.described(
        "MonetaryGrant",
        award,
        inLanguage=None,  # the project's own words
        identifier=award.application.case.number,
        description=award.summary,
        amount={"@type": "MonetaryAmount", "value": award.amount, "currency": "SEK"},
        funder=jsonld.committee(),
        fundedItem=_recipient(award),
        startDate=award.starts_on,
        endDate=award.ends_on,
        datePublished=award.decided_on,
    )


def _recipient(award) -> dict | None:
    """Organisations only: a person's name is not published."""
    if award.organisation_id is None:
        return None
    return {"@type": "Organization", "name": award.organisation.name}
