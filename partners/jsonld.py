from portal.core import jsonld


def describe(partner) -> dict:
    place = partner.kind == partner.Kind.REGION
    where = jsonld.country(partner.country)
    return jsonld.described(
        "AdministrativeArea" if place else "Organization",
        partner,
        description=partner.about,
        identifier=[
            {
                "@type": "PropertyValue",
                "propertyID": f"{c.scheme} {c.version}".strip(),
                "value": c.code,
            }
            for c in partner.codes.all()
        ],
        **({"containedInPlace": where} if place else {"location": where}),
        **({"geo": _point(partner)} if place and partner.lat is not None else {}),
    )


def _point(partner) -> dict:
    return {"@type": "GeoCoordinates", "latitude": partner.lat, "longitude": partner.lon}
