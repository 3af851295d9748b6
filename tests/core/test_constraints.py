"""What the database refuses is told in words, and words make no migrations."""

from django.apps import apps
from django.contrib import admin
from django.db import models

from partners.models import Partner
from portal.core.constraints import Check
from tests.admin.forms import send


def edited():
    """The models that somebody fills in in the admin, in a form of its own or in rows."""
    found = set()
    for model, page in admin.site._registry.items():
        found |= {model, *(rows.model for rows in page.inlines)}
    return found & set(apps.get_models())


def unspoken(model):
    """Rules whose message would be the constraint's name."""
    for rule in model._meta.constraints:
        plain = isinstance(rule, models.UniqueConstraint) and rule.fields and not rule.condition
        if not plain and rule.violation_error_message == rule.default_violation_error_message:
            yield rule.name


# Their columns stand in no form: verbs alone write them.
BY_VERBS = {
    "budget_confirmed_by_another",
    "budget_proposed_by_someone",
    "budget_state_is_signed",
    "case_number_comes_with_registration",
    "concluded_position_has_its_day",
    "one_live_confirmation_per_party",
    "party_is_exactly_one",
    "pen_is_held_by_somebody",
}


def test_every_rule_that_a_form_can_break_is_told_in_words():
    assert {name for model in edited() for name in unspoken(model)} == BY_VERBS


def test_a_changed_word_is_no_change_of_the_database():
    rule = Check(name="x", condition=models.Q(a=1), violation_error_message="One")
    assert (
        rule.deconstruct()
        == models.CheckConstraint(name="x", condition=models.Q(a=1)).deconstruct()
    )


def test_half_a_place_is_refused_in_plain_words(sign_in, officer, partner):
    answer = send(
        sign_in(officer), f"/admin/partners/partner/{partner.pk}/change/", lat="54.69", lon=""
    )
    assert answer.status_code == 200
    words = answer.context["errors"]
    assert "Ange både latitud och longitud, eller ingen av dem." in str(words)
    assert "partner_has_both_coordinates_or_none" not in answer.content.decode()
    assert Partner.objects.get().lon == partner.lon
