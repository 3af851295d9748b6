"""The reference files: what they hold, loaded once, and refused clearly when they are wrong."""

import json
import shutil
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agreements.models import Agreement
from agreements.workflow import Standing
from grants.models import Scheme
from networks.models import Engagement, Network
from partners.models import Partner, PartnerCode, Theme
from portal.cases.models import Case
from portal.core.models import (
    EuMembership,
    LineOfWork,
    Municipality,
    Perspective,
    StrategyGoal,
)

pytestmark = pytest.mark.django_db
FILES = ["strategy", "municipalities", "eu_membership", "partners", "networks", "schemes"]
HISTORIES = [
    model.history.model
    for model in (Agreement, Engagement, Municipality, Network, Partner, Perspective, Scheme, Theme)
]
CHANGED_AT = [Agreement, Network, Partner, Scheme]


@pytest.fixture
def directory(tmp_path):
    """A copy of the project's files, to be spoiled."""
    for name in FILES:
        shutil.copy(settings.BASE_DIR / "reference" / f"{name}.json", tmp_path)
    return tmp_path


@pytest.fixture
def small(directory):
    """The same files with one row of each kind: enough to refuse, and quick."""
    for name in FILES[1:]:
        change(directory, name, _keep_first_rows)
    return directory


def _keep_first_rows(content):
    for section, rows in content.items():
        if isinstance(rows, list):
            content[section] = rows[:1]


def change(directory, name, spoil):
    path = directory / f"{name}.json"
    content = json.loads(path.read_text())
    spoil(content)
    path.write_text(json.dumps(content))


def load(directory, **options):
    out = StringIO()
    call_command("load_reference", directory, stdout=out, **options)
    return out.getvalue().splitlines()


def refused(directory):
    """The problems told, and the command's last word."""
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as error:
        call_command("load_reference", directory, stdout=out, stderr=err)
    return err.getvalue(), str(error.value)


def state():
    """What must not move when nothing new is loaded."""
    histories = {model.__name__: model.objects.count() for model in HISTORIES}
    changed = {
        (model.__name__, item.pk): item.updated_at
        for model in CHANGED_AT
        for item in model.objects.all()
    }
    return histories, changed, Case.objects.count(), PartnerCode.objects.count()


# --- What the files hold --------------------------------------------------------------------------


def test_the_whole_reference_stands_published(directory):
    load(directory)
    standing = {a.slug: a.standing(date(2026, 1, 1)) for a in Agreement.objects.public()}
    assert standing == {"creative-links": Standing.EXPIRED, "vilnius-2014": Standing.IN_FORCE}
    assert sorted(Partner.objects.public().counterparts().values_list("slug", flat=True)) == [
        "alexandria", "berlin", "detroit", "kunming", "north-east-england", "queretaro", "vilnius",
    ]  # fmt: skip
    assert sorted(Partner.objects.public().filter(kind="own_body").values_list("slug")) == [
        ("kultur-i-vast",),
        ("vastarvet",),
    ]
    assert Network.objects.public().count() == 5
    assert Scheme.objects.public().count() == 3
    assert (Perspective.objects.count(), StrategyGoal.objects.count()) == (4, 4)
    assert list(LineOfWork.objects.values_list("slug", "order")) == [
        ("avtal", 1),
        ("stod", 2),
        ("natverk", 3),
    ]
    assert (Municipality.objects.count(), EuMembership.objects.count()) == (49, 28)


def test_networks_keep_their_place_and_what_is_not_known_stays_unknown(directory):
    load(directory)
    levels = dict(Engagement.objects.values_list("network__acronym", "level"))
    assert levels == {
        "AER": "unspecified", "CPMR": "active", "NSC": "active", "ECTN": "active",
        "RICC": "monitors",
    }  # fmt: skip
    nsc = Network.objects.get(acronym="NSC")
    assert nsc.parent.acronym == "CPMR"
    count = nsc.member_counts.get()
    assert (count.count, count.as_of, count.source) == (57, None, nsc.source_en)
    assert [group.name_en for group in nsc.groups.all()] == ["Tourism group"]


def test_agreement_dates_are_as_precise_as_they_are_known(directory):
    load(directory)
    agreement = Agreement.objects.get(slug="creative-links")
    assert [
        (v.kind, v.signed_on, v.signed_precision, v.valid_until, v.until_precision)
        for v in agreement.versions.all()
    ] == [
        ("original", date(2009, 1, 1), "year", None, "day"),
        ("renewal", date(2018, 6, 1), "month", date(2021, 6, 30), "month"),
    ]
    assert (agreement.signed_on, agreement.valid_until) == (date(2009, 1, 1), date(2021, 6, 30))
    parties = agreement.parties.values_list("partner__slug", flat=True)
    assert list(parties) == [None, "north-east-england"]
    assert (agreement.case.number, agreement.case.kind) == (None, "agreement")


def test_facts_carry_their_source_and_themes_two_languages(directory):
    load(directory)
    vilnius = Partner.objects.get(slug="vilnius")
    assert vilnius.source_sv.startswith("Västra Götalandsregionens offentliga sidor")
    assert vilnius.source_en.startswith("Public pages of")
    assert [(c.scheme, c.version, c.code) for c in vilnius.codes.all()] == [
        ("ISO 3166-2", "", "LT-VL"),
        ("NUTS", "2021", "LT011"),
    ]
    theme = vilnius.strengths.get(slug="historiska-besoksmal")
    assert (theme.name_sv, theme.name_en) == ("historiska besöksmål", "historic sites")
    tag = vilnius.tags.get(perspective__slug="invanare")
    assert (tag.how_sv[:5], tag.how_en[:10]) == ("Möten", "Encounters")


def test_plain_lists_of_perspectives_and_bare_own_bodies_are_read_too(directory):
    def plainly(content):
        del content["themes"], content["editorial"], content["home"]
        content["own_bodies"] = [{"slug": "vastarvet", "name": "Västarvet", "country": "SE"}]
        for agreement in content["agreements"]:
            agreement["perspectives"] = [claim["slug"] for claim in agreement["perspectives"]]

    change(directory, "partners", plainly)
    load(directory)
    agreement = Agreement.objects.get(slug="vilnius-2014")
    assert [tag.perspective.slug for tag in agreement.tags.all()] == ["invanare", "kunskap"]
    # Nothing says which perspectives the body serves: staff publish it when they have.
    assert not Partner.objects.get(slug="vastarvet").is_public


# --- Loading again --------------------------------------------------------------------------------


def test_loading_again_changes_nothing_and_says_so(directory):
    first = load(directory)
    before = state()
    again = load(directory)
    assert state() == before
    assert first[3] == "partners.json: 25 created, 0 updated, 0 unchanged"
    assert again[3] == "partners.json: 0 created, 0 updated, 25 unchanged"
    assert all(" 0 created, 0 updated, " in line for line in again)


def test_a_corrected_fact_is_told_as_one_update(directory):
    load(directory)
    before = Partner.history.count()
    change(directory, "partners", lambda content: content["partners"][1].update(since=2015))
    assert load(directory)[3] == "partners.json: 0 created, 1 updated, 24 unchanged"
    assert Partner.objects.get(slug="vilnius").since_year == 2015
    assert Partner.history.count() == before + 1


def test_what_staff_have_added_or_unpublished_stays(directory, administrator, now):
    load(directory)
    berlin = Partner.objects.get(slug="berlin")
    berlin.strengths.add(Theme.objects.create(slug="opera", name_sv="opera", name_en="opera"))
    berlin.unpublish(by=administrator, at=now)
    Partner.objects.filter(pk=berlin.pk).update(name_sv="Fel namn")
    load(directory)
    berlin.refresh_from_db()
    # Nobody's history row says that a person wrote it.
    assert berlin.name_sv == "Berlin"
    assert not berlin.is_public
    assert berlin.strengths.filter(slug="opera").exists()


def test_an_engagement_that_staff_have_decided_on_is_not_touched(directory):
    load(directory)
    Engagement.objects.filter(network__acronym="AER").update(
        level="active", source="KUN 2027-00001"
    )
    load(directory)
    aer = Network.objects.get(acronym="AER")
    assert [(e.level, e.source) for e in aer.engagements.all()] == [("active", "KUN 2027-00001")]


# --- What staff have changed by hand ----------------------------------------------------------


def by(person, item, **values):
    """What an admin page does: a save that the history knows the writer of."""
    for name, value in values.items():
        setattr(item, name, value)
    item._history_user = person
    item.save()


def told(lines):
    """The lines about what staff have written, and the counts of partners.json."""
    return [line for line in lines if line.startswith("  ")], lines[3]


VILNIUS = "partners row 2 (vilnius)"


def test_a_correction_by_staff_is_kept_and_told(directory, officer):
    load(directory)
    vilnius = Partner.objects.get(slug="vilnius")
    by(officer, vilnius, organisation="Vilniaus apskritis", since_year=2001)
    change(directory, "partners", lambda content: content["partners"][1].update(since=2015, lat=54))
    kept = [f"  kept as staff wrote: {VILNIUS}, {n}" for n in ("organisation", "since_year")]

    first, counts = told(load(directory))
    assert (first, counts) == (kept, "partners.json: 0 created, 1 updated, 24 unchanged")
    # The loader has written the row since: the two fields are still staff's.
    before = state()
    again, counts = told(load(directory))
    assert (again, counts) == (kept, "partners.json: 0 created, 0 updated, 25 unchanged")
    assert state() == before
    vilnius.refresh_from_db()
    assert (vilnius.organisation, vilnius.since_year, vilnius.lat) == (
        "Vilniaus apskritis", 2001, 54,
    )  # fmt: skip


def test_the_file_has_the_last_word_only_where_it_is_asked_for(directory, officer):
    load(directory)
    vilnius = Partner.objects.get(slug="vilnius")
    original = vilnius.organisation
    by(officer, vilnius, organisation="Vilniaus apskritis")
    changed, counts = told(load(directory, overwrite=True))
    assert changed == [f'  changed: {VILNIUS}, organisation: "Vilniaus apskritis" -> "{original}"']
    assert counts == "partners.json: 0 created, 1 updated, 24 unchanged"
    assert told(load(directory)) == ([], "partners.json: 0 created, 0 updated, 25 unchanged")
    # From now on the file's own corrections are taken again.
    change(directory, "partners", lambda content: content["partners"][1].update(organisation="Ny"))
    assert told(load(directory)) == ([], "partners.json: 0 created, 1 updated, 24 unchanged")


def test_what_staff_have_removed_stays_away(directory, officer):
    load(directory)
    vilnius = Partner.objects.get(slug="vilnius")
    removed = [
        vilnius.tags.first(), vilnius.codes.first(), vilnius.exchanges.first(),
    ]  # fmt: skip
    for row in removed:
        row._history_user = officer
        row.delete()
    theme = vilnius.strengths.first()
    vilnius._history_user = officer
    vilnius.strengths.remove(theme)

    kept, counts = told(load(directory))
    assert len(kept) == 4
    assert all(line.startswith(f"  kept as staff wrote: {VILNIUS}, ") for line in kept)
    assert counts == "partners.json: 0 created, 0 updated, 25 unchanged"

    changed, _counts = told(load(directory, overwrite=True))
    assert len(changed) == 4
    assert all(line.endswith(": removed -> put back") for line in changed)
    assert vilnius.strengths.filter(pk=theme.pk).exists()
    assert told(load(directory)) == ([], "partners.json: 0 created, 0 updated, 25 unchanged")


def test_a_corrected_day_of_signing_is_no_second_version(directory, officer):
    load(directory)
    agreement = Agreement.objects.get(slug="vilnius-2014")
    by(officer, agreement.versions.first(), signed_on=date(2014, 3, 1), signed_precision="day")
    agreement.follow_versions()
    before = state()
    kept, counts = told(load(directory))
    assert [line.rpartition(", ")[2] for line in kept] == ["signed_on", "signed_precision"]
    assert counts == "partners.json: 0 created, 0 updated, 25 unchanged"
    assert state() == before
    agreement.refresh_from_db()
    assert agreement.signed_on == date(2014, 3, 1)


def test_a_membership_of_the_union_is_corrected_by_staff_too(directory, officer):
    load(directory)
    by(officer, EuMembership.objects.get(country="GB"), end=date(2020, 2, 1))
    kept, _counts = told(load(directory))
    assert [line.partition(":")[0] for line in kept] == ["  kept as staff wrote"]
    assert EuMembership.objects.get(country="GB").end == date(2020, 2, 1)


# --- Wrong files ----------------------------------------------------------------------------------


def _first(section, **values):
    return lambda content: content[section][0].update(values)


def _without(section, field):
    return lambda content: content[section][0].pop(field)


def _twice(section):
    return lambda content: content[section].append(content[section][0])


def _theme_in_capitals(content):
    first = content["themes"][0]
    content["themes"].append({**first, "name_sv": first["name_sv"].upper()})


WRONG_ROWS = [
    ("partners", _first("partners", lat=152), "partners row 1 (north-east-england), lat: 152 is"),
    ("partners", _first("partners", lat="54"), 'lat: "54" is not a number'),
    ("partners", _first("partners", lat=None), "Give both latitude and longitude"),
    ("partners", _first("partners", country="XX"), 'country: "XX" is not an ISO 3166-1'),
    ("partners", _first("partners", country=3), "country: 3 is not an ISO 3166-1"),
    ("partners", _first("partners", slug="Åmål"), 'slug: "Åmål" is not a slug'),
    (
        "partners",
        _first("partners", slug="hitta"),
        "partners row 1 (hitta), slug: “hitta” is the address of another page",
    ),
    (
        "partners",
        _first("own_bodies", slug="find"),
        "own_bodies row 1 (find), slug: “find” is the address of another page",
    ),
    ("partners", _first("agreements", slug="confirmed"), "agreements row 1 (confirmed), slug: "),
    ("partners", _first("partners", name_sv=7), "name_sv: 7 is not a text"),
    ("partners", _first("partners", name_sv=" "), "name_sv: is empty"),
    ("partners", _first("partners", name_sv="x" * 121), "name_sv: has 121 characters; at most 120"),
    ("partners", _first("partners", since=True), "since: true is not a whole number"),
    ("partners", _first("partners", since=9), "since: 9 is not between 1900 and 2100"),
    ("partners", _first("partners", colour="red"), "colour: is not a known field"),
    ("partners", _first("partners", perspectives=["luck"]), "perspectives, no. 1: no perspective"),
    ("partners", _first("partners", perspectives=[]), "cannot be published without at least one"),
    (
        "partners",
        _first("partners", perspectives=["kunskap", "kunskap"]),
        'perspectives, no. 2: "kunskap" stands twice in the list',
    ),
    (
        "partners",
        _first("partners", perspectives=[{"slug": "kunskap", "how_sv": "Så"}]),
        "perspectives, no. 1, how_en: is missing",
    ),
    ("partners", _first("partners", codes="UKC"), 'codes: "UKC" is not a list'),
    ("partners", _first("partners", codes=[{"code": "UKC"}]), "codes, no. 1, scheme: is missing"),
    ("partners", _first("partners", exchange_forms=["war"]), "exchange_forms, no. 1: "),
    ("partners", _without("partners", "name_en"), "(north-east-england), name_en: is missing"),
    ("partners", _twice("partners"), "partners row 2 (north-east-england), slug: "),
    ("partners", _theme_in_capitals, "themes row 2 ("),
    ("partners", _first("partners", since=2099), "(north-east-england), since_year: "),
    ("partners", lambda c: c["partners"].append(4), "partners row 2: 4 is not an object"),
    ("partners", lambda c: c.pop("source"), "source: is missing"),
    ("partners", lambda c: c.update(partners={}), "partners: {} is not a list"),
    ("partners", lambda c: c.update(people=[]), "people: is not a known field"),
    ("partners", lambda c: c["home"].update(lon=500), "home, lon: 500 is not between"),
    ("partners", _first("agreements", partner="oslo"), 'partner: no partner is called "oslo"'),
    ("partners", _first("agreements", signed="2009-13"), 'signed: "2009-13" is not a date'),
    ("partners", _first("agreements", signed=2009), "signed: 2009 is not a date"),
    ("partners", _first("agreements", until="2001-06"), "until: is before signed"),
    ("partners", _first("agreements", signed_precision="day"), "signed_precision: "),
    ("partners", _first("agreements", kind="treaty"), 'kind: "treaty" is not one of'),
    ("partners", _first("agreements", line="fika"), 'line: no lineofwork is called "fika"'),
    ("partners", _first("own_bodies", active_from="2020", active_until=None), "active_from: "),
    (
        "partners",
        _first("own_bodies", active_from="2020-01-02", active_until="2020-01-01"),
        "active_until: is before active_from",
    ),
    ("networks", _first("networks", part_of="UN"), 'part_of: no network is called "UN"'),
    ("networks", _first("networks", part_of="AER"), 'part_of: no network is called "AER"'),
    ("networks", _first("networks", engagement="loves"), 'engagement: "loves" is not one of'),
    ("networks", _first("networks", website="ricc"), "website: Enter a valid URL."),
    ("networks", _without("networks", "engagement_source"), "engagement_source: is missing"),
    ("schemes", _first("schemes", closes=["02-30"]), 'closes, no. 1: "02-30" is not a day'),
    ("schemes", _first("schemes", closes=["15/3"]), 'closes, no. 1: "15/3" is not a month'),
    ("schemes", _first("schemes", applicants=["king"]), 'applicants, no. 1: "king" is not one of'),
    ("schemes", _first("schemes", agreements=["x"]), "agreements, no. 1: no agreement is called"),
    ("schemes", _first("schemes", max_share_of_cost_percent=101), "101 is not between 1 and 100"),
    ("schemes", _first("schemes", requires_non_profit=1), "1 is not true or false"),
    ("schemes", _first("schemes", answer_by_month=["13"]), 'no. 1: "13" is not a month'),
    ("municipalities", _first("municipalities", code="14x1"), "is not a code of four digits"),
    ("municipalities", _twice("municipalities"), "municipalities row 2 (1401), code: "),
    ("eu_membership", _first("memberships", to="1950-01-01"), "row 1 (BE), to: is before from"),
    ("eu_membership", _twice("memberships"), "memberships row 2 (BE), country: "),
    ("strategy", _first("perspectives", mark="star"), 'mark: "star" is not one of'),
    ("strategy", _first("perspectives", order=2), "row 2 (kunskap), order: "),
]


@pytest.mark.parametrize(
    ("name", "spoil", "told"),
    WRONG_ROWS,
    ids=lambda value: "spoil" if callable(value) else str(value)[:40],
)
def test_a_wrong_row_is_named_and_nothing_of_its_file_is_loaded(small, name, spoil, told):
    change(small, name, spoil)
    problems, last_word = refused(small)
    assert f"{name}.json refused, nothing of it is loaded:" in problems
    assert told in problems
    assert f"{name}.json" in last_word
    section = {"eu_membership": EuMembership, "municipalities": Municipality}
    models = {**section, "partners": Partner, "networks": Network, "schemes": Scheme}
    assert not models.get(name, Perspective).objects.exists()


WRONG_BYTES = [
    (b"", "cannot be read as JSON"),
    (b"{", "cannot be read as JSON"),
    (b"[1, 2]", "[1, 2] is not an object with fields"),
    (b"null", "null is not an object with fields"),
    (b"\xff\xfe{}", "cannot be read as JSON"),
    (b"[" * 200_000, "cannot be read as JSON"),
    (b'{"source": "a\\u0000b"}', "holds a character that cannot be stored"),
    (b'{"source": "\\ud800"}', "holds a character that cannot be stored"),
    (b'{"source": "a\x00b"}', "cannot be read as JSON"),
    (b'{"source": "a", "source": "b"}', 'the field "source" stands twice'),
    (b'{"source": NaN}', "NaN is not a number"),
    (b'{"source": ' + b"9" * 5000 + b"}", "cannot be read as JSON"),
]


@pytest.mark.parametrize(("content", "told"), WRONG_BYTES, ids=lambda value: str(value)[:30])
def test_what_is_no_reference_file_is_refused(small, content, told):
    (small / "networks.json").write_bytes(content)
    problems, last_word = refused(small)
    assert told in problems
    assert last_word == "1 of 6 files refused: networks.json"
    assert not Network.objects.exists()
    # The others do not build on it.
    assert Scheme.objects.count() == 1


def test_files_that_build_on_a_refused_one_wait_for_it(directory):
    change(directory, "partners", _first("partners", lat=152))
    problems, last_word = refused(directory)
    assert last_word == "2 of 6 files refused: partners.json, schemes.json"
    assert "not loaded: it builds on partners.json, refused above" in problems
    assert (Partner.objects.count(), Agreement.objects.count(), Scheme.objects.count()) == (0, 0, 0)
    assert Network.objects.count() == 5


def test_every_refused_row_is_told_at_once(directory):
    def spoil(content):
        content["partners"][0]["lat"] = 152
        content["partners"][1].update(country="XX", since="2014")

    change(directory, "partners", spoil)
    problems, _ = refused(directory)
    told = [line.strip() for line in problems.splitlines() if line.strip().startswith("partners r")]
    assert told == [
        "partners row 1 (north-east-england), lat: 152 is not between -90 and 90",
        'partners row 2 (vilnius), country: "XX" is not an ISO 3166-1 country code',
        'partners row 2 (vilnius), since: "2014" is not a whole number',
    ]


def test_a_refused_file_leaves_what_was_loaded_before(directory):
    load(directory)
    before = state()

    def spoil(content):
        content["partners"][0]["name_sv"] = "Nytt namn"
        content["partners"][1]["lat"] = 152

    change(directory, "partners", spoil)
    refused(directory)
    assert state() == before


def test_networks_in_a_circle_are_refused(directory):
    load(directory)

    def circle(content):
        rows = {row["acronym"]: row for row in content["networks"]}
        rows["CPMR"]["part_of"] = "NSC"

    change(directory, "networks", circle)
    problems, _ = refused(directory)
    assert '"NSC" is itself part of CPMR' in problems


def test_a_missing_file_is_refused(small):
    (small / "networks.json").unlink()
    problems, last_word = refused(small)
    assert "  the file is missing" in problems.splitlines()
    assert last_word == "1 of 6 files refused: networks.json"


@pytest.mark.parametrize("name", ["nowhere", "strategy.json"])
def test_a_missing_directory_is_refused(small, name):
    with pytest.raises(CommandError, match="is not a directory"):
        call_command("load_reference", small / name)
