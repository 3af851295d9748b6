import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from portal.core.staticfiles import ApiDocsFinder
from tests.api.conftest import OPEN_LISTS


@pytest.fixture(scope="module")
def schema():
    """Made once: it holds nothing of the database."""
    return Client().get("/api/v1/schema/", headers={"accept": "application/json"}).json()


def test_the_schema_is_valid_without_warnings(db, tmp_path):
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml")
    )


def test_it_is_openapi_3_1_in_english(schema):
    assert schema["openapi"] == "3.1.0"
    parameters = schema["paths"]["/api/v1/partners/"]["get"]["parameters"]
    assert {p["name"]: p["description"] for p in parameters}["country"] == "Country"


def test_every_address_is_described(schema):
    lists = [*OPEN_LISTS, "briefings", "applications", "cases"]
    keys = dict.fromkeys(lists, "slug") | dict.fromkeys(
        ["grants", "memberships", "decisions", "applications", "cases"], "id"
    )
    items = {f"/api/v1/{name}/{{{key}}}/" for name, key in keys.items()}
    assert set(schema["paths"]) == items | {f"/api/v1/{name}/" for name in lists} | {
        "/api/v1/partners.geojson"
    }


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("perspectives", set()),
        ("partners", {"country", "eu"}),
        ("agreements", {"country", "eu", "year"}),
        ("calls", {"open"}),
        ("grants", {"country", "eu", "year"}),
        ("networks", {"engagement"}),
        ("memberships", set()),
        ("decisions", {"country", "eu", "year"}),
        ("positions", {"state", "level", "network"}),
        ("applications", set()),
    ],
)
def test_filters_and_paging_are_described(schema, name, own):
    everywhere = {"perspective", "goal", "line", "q", "ordering", "updated_since"}
    parameters = schema["paths"][f"/api/v1/{name}/"]["get"]["parameters"]
    found = {parameter["name"] for parameter in parameters}
    assert found == everywhere | own | {"cursor", "page_size"}


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/api/v1/grants/", {"200", "400", "406"}),
        ("/api/v1/grants/{id}/", {"200", "304", "400", "404", "406"}),
        ("/api/v1/cases/", {"200", "400", "401", "403", "406"}),
        ("/api/v1/cases/{id}/", {"200", "304", "400", "401", "403", "404", "406"}),
    ],
)
def test_problems_are_described(schema, path, statuses):
    responses = schema["paths"][path]["get"]["responses"]
    assert set(responses) == statuses
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert responses["406"]["content"] == problem


@pytest.mark.parametrize("name", OPEN_LISTS)
def test_what_is_sent_is_what_is_described(schema, everything, read, name):
    answer = schema["paths"][f"/api/v1/{name}/"]["get"]["responses"]["200"]
    listed = answer["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    row = schema["components"]["schemas"][listed]["properties"]["results"]["items"]["$ref"]
    described = schema["components"]["schemas"][row.rsplit("/", 1)[1]]["properties"]
    assert set(read(f"{name}/")["results"][0]) == set(described)


def test_the_schema_speaks_yaml_too(client, db):
    answer = client.get("/api/v1/schema/", headers={"accept": "application/yaml"})
    assert answer.content.startswith(b"openapi: 3.1.0")


def test_the_page_finds_its_files_and_no_more_are_shipped():
    place = "drf_spectacular_sidecar/swagger-ui-dist"
    shipped = {path for path, _storage in ApiDocsFinder().list([])}
    assert shipped == {
        "swagger-ui.css",
        "swagger-ui.css.map",
        "swagger-ui-bundle.js",
        "swagger-ui-standalone-preset.js",
    }
    assert finders.find(f"{place}/swagger-ui.css")
    assert finders.find("drf_spectacular_sidecar/redoc/LICENSE") is None


def test_the_documentation_page_holds_nothing_inline(client, db):
    page = client.get("/api/v1/docs/")
    text = page.content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", text) == []
    assert "unsafe" not in page["Content-Security-Policy"]
    scripts = re.findall(r'src="([^"]+)"', text)
    assert scripts[-1] == "/api/v1/docs/?script="
    assert b"SwaggerUIBundle" in client.get(scripts[-1]).content


def test_the_documentation_page_is_served_with_static_files_named_by_content(
    client, db, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path / "collected"
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    others = ["admin", "rest_framework", "modeltranslation"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=others)
    text = client.get("/api/v1/docs/").content.decode()
    found = re.findall(r"swagger-ui-dist/([\w-]+)\.[0-9a-f]{12}\.(\w+)", text)
    assert found == [("swagger-ui", "css"), ("swagger-ui-bundle", "js")]
