from portal.core import jsonld


def describe(network, commissions) -> dict:
    return jsonld.described(
        "Organization",
        network,
        name=network.name or network.acronym,
        alternateName=network.acronym,
        description=network.about,
        sameAs=network.website,
        parentOrganization=jsonld.link("Organization", network.parent),
        subOrganization=[jsonld.link("Organization", commission) for commission in commissions],
    )
