from portal.core import jsonld


def describe(agreement) -> dict:
    versions = agreement.signed_versions
    first, last = (versions[0], versions[-1]) if versions else (None, None)
    return jsonld.described(
        "CreativeWork",
        agreement,
        description=agreement.about,
        dateCreated=first and jsonld.partial_iso(first.signed_on, first.signed_precision),
        expires=last and jsonld.partial_iso(last.valid_until, last.until_precision),
        contributor=[
            jsonld.committee(),
            *(jsonld.link("AdministrativeArea", partner) for partner in agreement.public_partners),
        ],
    )
