from portal.core import jsonld


def describe(network, commissions) -> dict:
    return jsonld.described(
        "Organization",
        network,
        name=network.name or network.acronym,
        alternateName=network.acronym,
        description=network.about,
        sameAs=network.website,
        parentOrganization=jsonld.link("Organization", network.public_parent),
        subOrganization=[jsonld.link("Organization", commission) for commission in commissions],
    )


def describe_briefing(briefing) -> dict:
    return jsonld.described(
        "Report",
        briefing,
        description=briefing.intro,
        author=jsonld.committee(),
        datePublished=briefing.published_at,
        dateModified=briefing.updated_at,
    )
