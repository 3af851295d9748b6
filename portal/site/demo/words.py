"""What the titles and texts of awards in bulk are put together from."""

FORMS = (
    "Verkstad", "Utställning", "Festival", "Läger", "Turné", "Konsert", "Seminarium", "Filmserie",
    "Residens", "Mästarklass", "Läsecirkel", "Gästspel", "Skolprojekt", "Utbyte", "Studieresa",
)  # fmt: skip
SUBJECTS = (
    "dans", "teater", "film", "litteratur", "kulturarv", "konsthantverk", "barockmusik",
    "bildkonst", "ljudkonst", "dockteater", "textil", "fotografi", "folkmusik", "cirkus",
    "serier", "arkitektur",
)  # fmt: skip
AUDIENCES = (
    "för barn", "för unga", "för äldre", "för alla åldrar", "för skolor", "för yrkesverksamma",
    "i det offentliga rummet", "på landsbygden", "i förorten", "vid kusten",
)  # fmt: skip
HOW = {
    "invanare": (
        "Invånare deltar på båda sidor.",
        "Unga möter konstnärer i sin egen skola.",
        "Publiken bjuds in till öppna repetitioner.",
    ),
    "kunskap": (
        "Deltagarna lär av varandras metoder.",
        "Erfarenheterna samlas i en handledning.",
        "Unga utövare får handledning av etablerade.",
    ),
    "utveckling": (
        "Arbetet visas för en ny publik.",
        "Nya samarbeten växer fram i regionen.",
        "Arrangörer knyter kontakter som varar.",
    ),
    "paverkan": (
        "Resultatet förs fram i regionens nätverk.",
        "Förslag lämnas till beslutsfattare på båda sidor.",
        "Modellen sprids till andra regioner.",
    ),
}
SUMMARY = (
    "{form} om {subject} {audience}, tillsammans med {partner}. Påhittat exempel.\n\n"
    "A project with a partner abroad. Invented example."
)
ORGANISATIONS = {
    "association": "Kulturföreningen {}",
    "foundation": "Stiftelsen {}",
    "economic_association": "{} ekonomisk förening",
    "non_profit_company": "{} kultur AB",
    "group": "Gruppen {}",
}
NAMES = (
    "Almdungen", "Blåtimmen", "Drivveden", "Eklunden", "Fyrljuset", "Grenverket", "Havtornet",
    "Järnbäcken", "Kaprifolen", "Ljungheden",
)  # fmt: skip
