from networks.workflow import PositionState
from portal.core import jsonld

_STATUS = {
    PositionState.IDEA: "PotentialActionStatus",
    PositionState.PREPARED: "PotentialActionStatus",
    PositionState.PURSUED: "ActiveActionStatus",
    PositionState.INFLUENCED: "CompletedActionStatus",
    PositionState.PARTLY: "CompletedActionStatus",
}


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


def describe_position(position) -> dict:
    """An action that the committee takes, with what came of it."""
    first = next(iter(position.steps.all()), None)
    status = _STATUS.get(position.state, "FailedActionStatus")
    return jsonld.described(
        "Action",
        position,
        description=position.aim,
        agent=jsonld.committee(),
        actionStatus=f"https://schema.org/{status}",
        startTime=first and jsonld.partial_iso(first.taken_on, first.precision),
        endTime=position.concluded_on,
        participant=[jsonld.link("Organization", network) for network in position.networks],
        result=position.outcome and {"@type": "CreativeWork", "text": position.outcome},
    )
