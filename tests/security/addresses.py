"""Every named route of the program as an address, with what the world holds in its place."""

from django.contrib import admin
from django.urls import reverse

from agreements.models import Agreement, AgreementVersion, Commitment, Exchange, Review
from grants.models import Application, Award, Call
from networks.models import Briefing, Engagement, Network, Position
from partners.models import Partner
from portal.cases.models import Case
from portal.committee.models import Decision, Proposal
from portal.core.models import Mail, Organisation, Perspective, User
from portal.site.importing.kinds import KINDS
from tests.security.world import Words
from tests.site.test_public_routes import routes

ROUTES = {name: taken for name, _callback, taken in routes() if not name.endswith(":None")}
VERBS = {
    model: [transition.verb for transition in page.offered()]
    for model, page in admin.site._registry.items()
    if hasattr(page, "offered")
}


def named(model, action: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}"


def addresses(world) -> dict[str, str]:
    """By route; one that is about a draft has `draft` after its name, a verb's its verb."""
    found = {}
    for name, taken in ROUTES.items():
        if name.startswith("admin:") and "object_id" in taken:
            continue
        found[name] = reverse(name, kwargs=arguments(world, name, taken))
    for name in ("application", "api:applications-detail"):
        found[f"{name} draft"] = reverse(name, args=[world.draft.pk])
    found["document draft"] = reverse("document", args=[world.draft.attachment.document_id])
    for model in admin.site._registry:
        found |= of_model(world, model)
    delegated = [world.engagement.case.proposals.get().pk, "decide_by_delegation"]
    verb = named(Proposal, "verb")
    found[f"{verb} {delegated[1]} delegated"] = reverse(verb, args=delegated)
    found["admin:autocomplete"] += "?app_label=agreements&model_name=exchange&field_name=agreement"
    return found


def searches(world) -> dict[str, str]:
    """Besides, what a person types, or follows a link to: none of it says who is let in."""
    lists = [model for model, page in admin.site._registry.items() if page.search_fields]
    found = {
        f"{model.__name__} search": f"{reverse(named(model, 'changelist'))}?q={Words.start}"
        for model in lists
    }
    agreement = world.agreement
    return found | {
        "autocomplete search": f"{addresses(world)['admin:autocomplete']}&term={Words.start}",
        "exchange of": f"{reverse(named(Exchange, 'add'))}?agreement={agreement.pk}",
        "review of": f"{reverse(named(Review, 'add'))}?agreement={agreement.pk}",
        "commitment of": f"{reverse(named(Commitment, 'add'))}?agreement={agreement.pk}",
        "overview of": f"{reverse('agreements_overview')}?agreement={agreement.slug}",
        "its page": agreement.get_absolute_url(),
        "its page in English": "/en"
        + agreement.get_absolute_url().replace("/avtal/", "/agreements/"),
        "letters found": f"{reverse('letters')}?q={Words.start}",
        "cases found": f"{reverse('api:cases-list')}?q={Words.start}",
        "applications found": f"{reverse('api:applications-list')}?q={Words.start}",
    }


def of_model(world, model) -> dict[str, str]:
    obj = held(world, model)
    pages = {
        named(model, action): reverse(named(model, action), args=[obj.pk])
        for action in ("change", "history", "delete")
    }
    verb = named(model, "verb")
    return pages | {
        f"{verb} {name}": reverse(verb, args=[obj.pk, name]) for name in VERBS.get(model, ())
    }


def held(world, model):
    """The object of a kind that the world's matters are about; where there is none, any."""
    matter, agreement = world.matter, world.agreement
    ours = {
        Application: matter, Case: matter.case, Agreement: agreement, Engagement: world.engagement,
        Award: world.award, Decision: world.award.decision, User: world.people["X"],
        Proposal: matter.case.proposals.first(),
        AgreementVersion: agreement.versions.last(), Commitment: agreement.commitments.first(),
        Exchange: agreement.exchanges.first(), Review: agreement.reviews.first(),
    }  # fmt: skip
    if model in ours:
        return ours[model]
    if model is Mail:
        return Mail.objects.filter(subject__contains=matter.case.number).first()
    return model.objects.order_by("pk").first()


def arguments(world, name: str, taken) -> dict:
    """What a route's address takes."""
    if not taken:
        return {}
    if name in ONE_OF:
        return {taken[0]: getattr(ONE_OF[name].objects.first(), taken[0])}
    draft, asked, organisation = world.draft, world.asked, Organisation.objects.get()
    known = {
        "pk": draft.pk, "attachment": draft.attachment.pk, "coapplicant": draft.invited.pk,
        "step": "project", "token": "not-ours", "provider_id": "ours", "app_label": "grants",
        "invitation": world.surroundings.invitation.pk, "member": organisation.members.first().pk,
        "version": asked.form.pk, "section": asked.section.pk, "question": asked.question.pk,
        "kind": "section", "part": asked.section.pk, "what": "remove",
        "item": world.meeting.items.first().pk,
        "assessor": world.matter.call.call_assessors.first().pk, "number": 1,
        "application": world.matter.pk, "id": world.people["X"].pk, "slug": world.matter.call.slug,
    }  # fmt: skip
    given = {key: known[key] for key in taken}
    if name in ABOUT:
        given["pk" if "pk" in given else "slug"] = ABOUT[name](world)
    if name == "staff_calendar":
        given["token"] = world.calendar.rsplit("/", 1)[1].removesuffix(".ics")
    if name.startswith("import"):
        given["kind"] = next(iter(KINDS))
    return given


#: The published item that a public route shows: any of its kind.
ONE_OF = {
    "api:perspectives-detail": Perspective, "perspective": Perspective,
    "api:partners-detail": Partner, "partner": Partner,
    "api:networks-detail": Network, "network": Network,
    "api:positions-detail": Position, "position": Position,
    "api:briefings-detail": Briefing, "briefing": Briefing,
    "api:calls-detail": Call, "call": Call, "apply": Call, "eligibility": Call,
    "api:decisions-detail": Decision,
}  # fmt: skip
PUBLISHED = "vilnius-2014"


def of_matter(world):
    return world.matter.pk


def of_case(world):
    return world.matter.case_id


def of_call(world):
    return world.matter.call_id


def of_award(world):
    return world.award.pk


def of_organisation(world):
    return Organisation.objects.get().pk


def of_meeting(world):
    return world.meeting.pk


ABOUT = {
    **dict.fromkeys(
        ("meeting", "meeting_papers", "meeting_minutes", "meeting_minutes_pdf", "adjust_minutes",
         "agenda_item", "adjust_section", "section_extract", "announce_meeting"),
        of_meeting,
    ),
    "announce_section": lambda world: world.meeting.items.first().pk,
    "decision": lambda world: world.award.decision_id,
    "announce_decision": lambda world: world.award.decision_id,
    "decision_extract": lambda world: world.award.decision_id,
    "urgent_decision": lambda world: world.matter.case.proposals.get().pk,
    **dict.fromkeys(("assess", "declare_no_conflict", "declare_assessors_conflict"), of_matter),
    **dict.fromkeys(
        ("letter", "letter_pdf", "change_letter"), lambda world: world.matter.letters.get().pk
    ),
    "reopen_assessment": lambda world: world.matter.assessments.first().pk,
    **dict.fromkeys(
        ("application", "application_pdf", "receipt", "withdraw_application",
         "api:applications-detail",
         "assessments_of", "partner_confirmations"),
        of_matter,
    ),
    **dict.fromkeys(
        ("case_messages", "case_notes", "declare_conflict", "api:cases-detail"), of_case
    ),
    **dict.fromkeys(
        ("build_form", "publish_form", "preview_form", "add_section", "edit_section",
         "add_question", "edit_question", "change_part", "call_assessors", "call_queue",
         "remove_assessor", "set_assess_by", "assignments", "packet", "plan_row", "order_packet"),
        of_call,
    ),
    **dict.fromkeys(("grant", "api:grants-detail"), of_award),
    **dict.fromkeys(
        ("organisation", "change_organisation", "withdraw_invitation", "let_member_go",
         "give_member_role"),
        of_organisation,
    ),
    **dict.fromkeys(
        ("agreement", "agreement_terms", "api:agreements-detail"), lambda world: PUBLISHED
    ),
    "api:memberships-detail": lambda world: Network.objects.get(slug="cpmr").memberships.get().pk,
    "document": lambda world: world.matter.document.pk,
}  # fmt: skip
