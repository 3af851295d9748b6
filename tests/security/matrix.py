"""Who is let in where: the table, a row for what can be done with a kind of thing.

P the public, O the applicant, X another applicant, C a co-applicant who writes, R an external
assessor who has sent an assessment of the matter, H a case officer, M a member of the committee
with the matter on the agenda, S its secretary, A an administrator, Tr the applicant's own token,
Ts the officer's token for staff. `y` is let in, `-` refused or led to sign in. Every named route
stands in one row; a new one fails the test until it does.
"""

from django.contrib import admin

from agreements.models import Agreement, AgreementVersion, Commitment, Exchange, Review
from grants.models import Application, Award, Call, Scheme, SchemeBudget
from networks.models import (
    Briefing,
    Engagement,
    Membership,
    Network,
    NetworkMeeting,
    Observation,
    Position,
    Representative,
    Subscriber,
)
from partners.models import Interaction, Partner, Theme
from portal.cases.models import Case, Conflict
from portal.committee.models import Decision, DelegationPoint, Meeting, Proposal, Seat
from portal.core.models import (
    EuMembership,
    LineOfWork,
    Mail,
    Municipality,
    Organisation,
    Perspective,
    StrategyGoal,
    User,
)
from tests.security.addresses import VERBS, named
from tests.site.test_public_routes import OPEN

ROLES = ("P", "O", "X", "C", "R", "H", "M", "S", "A", "Tr", "Ts")

#: Signing in and one's own keys are the accounts': tests/accounts walks them.
ACCOUNTS = ("account_", "mfa_", "socialaccount_", "openid_connect_")
LINKS = {
    "confirm_terms", "write_review", "accept_invitation", "accept_coapplicant", "confirm_part",
}  # fmt: skip
NOTICES = {"notice", "notice_minutes"}

REFERENCE = [Perspective, StrategyGoal, LineOfWork, Municipality, EuMembership, DelegationPoint]
CONTENT = [
    Partner, Theme, Interaction, Agreement, Exchange, Network, Engagement, Membership,
    Representative, NetworkMeeting, Observation, Briefing, Position, Scheme, Call, SchemeBudget,
    Organisation,
]  # fmt: skip
MEETINGS = [Seat, Meeting]
LEDGER = [Commitment, Review]
FILED = [AgreementVersion, Case, Award, Decision]
MATTERS = [Application, Proposal]
ADMINISTERED = [User, Mail, Subscriber, Conflict]
WITH_A_LOG = [Case, Award, Decision, AgreementVersion, Engagement]
TAKEN_AWAY = [Interaction, Exchange, NetworkMeeting, Observation, Representative]
PUBLISHED = [Partner, Agreement, Network, Scheme, Call, Briefing, Position]


def pages(models, *actions) -> set[str]:
    return {named(model, action) for model in models for action in actions}


def verbs(*models, only=(), but=()) -> set[str]:
    names = ((model, verb) for model in models for verb in only or VERBS[model] if verb not in but)
    return {f"{named(model, 'verb')} {verb}" for model, verb in names}


RENEWALS = ("begin_renewal", "begin_amendment")
WRITE = {f"write_{step}" for step in (
    "application", "project", "partners", "activities", "perspectives", "budget", "answers",
    "declarations",
)}  # fmt: skip

ROWS = [
    # what, and whom it lets in:                       P O X C R H M S A Tr Ts
    ("published things: read",                        "y y y y y y y y y y y",
     {name for name in OPEN if not name.startswith((*ACCOUNTS, "admin:"))}
     - {"document", "agreement_terms", "api:None", *LINKS, *NOTICES}),
    ("a link that is not ours, terms and notices that are not there", "- - - - - - - - - - -",
     {*LINKS, *NOTICES, "agreement_terms"}),
    ("one's own pages",                               "- y y y y y y y y - -",
     {"organisations", "add_organisation", "my_pages", "apply", "account", "my_data",
      "close_account"}),
    ("an organisation: read",                         "- y y - - - - - - - -", {"organisation"}),
    ("an organisation: change, invite, remove",       "- y - - - - - - - - -",
     {"change_organisation", "withdraw_invitation", "let_member_go", "give_member_role"}),
    # --- applications
    ("an application: read as one's own",             "- y - y - - - - - - -",
     {"application", "application draft", "application_pdf", "receipt", "coapplicants"}),
    ("a draft: write, attach",                        "- y - y - - - - - - -",
     {*WRITE, "review_application", "take_pen", "answer_newest", "attachments",
      "remove_attachment"}),
    ("withdraw, discard, take others in",             "- y - - - - - - - - -",
     {"withdraw_application", "delete_draft", "give_coapplicant_role", "remove_coapplicant",
      "withdraw_coapplicant"}),
    ("applications: the list of one's own or to read", "- y y y y y y y y y y",
     {"api:applications-list"}),
    ("a submitted application: read by API",          "- y - y - y - y - y y",
     {"api:applications-detail"}),
    ("a draft: read by API",                          "- y - y - - - - - y -",
     {"api:applications-detail draft"}),
    ("a submitted application's messages",            "- y - y - y y y - - -", {"case_messages"}),
    ("a submitted application's files",               "- y - y y y y y - - -", {"document"}),
    ("a draft's files",                               "- y - y - - - - - - -", {"document draft"}),
    ("applications and proposals: read",              "- - - - - y - y - - -",
     pages(MATTERS, "changelist", "change")),
    ("an application: ask for more, assess, propose", "- - - - - y - - - - -", verbs(Application)),
    ("decide by delegation, where nobody is named",   "- - - - - - - - - - -",
     verbs(Proposal, only=["decide_by_delegation"])),
    ("decide by delegation, as who is named",         "- - - - - y - - - - -",
     verbs(Proposal, only=["decide_by_delegation delegated"])),
    ("record what a meeting decided",                 "- - - - - - - y - - -",
     verbs(Proposal, only=["record_meeting_decision"])),
    ("assessing: one's own, and others' after it",    "- - - - y y - - - - -",
     {"my_assessments", "assess", "declare_no_conflict", "declare_assessors_conflict",
      "assessments_of"}),
    ("assessing: assign",                             "- - - - - y - - - - -",
     {"call_assessors", "remove_assessor", "set_assess_by", "assignments"}),
    ("calls' queues, notes and second readings",      "- - - - - y - - - - -",
     {"call_queues", "call_queue", "case_notes", "my_notes"}),
    ("the ranked packet: plan and propose",           "- - - - - y - - - - -",
     {"packet", "plan_row", "order_packet"}),
    ("assessing: reopen what one has sent oneself",   "- - - - - - - - - - -",
     {"reopen_assessment"}),
    ("letters to applicants: read, change, send",     "- - - - - y - - - - -",
     {"letters", "letter", "letter_pdf", "change_letter", "send_letters"}),
    ("a partner's confirmation: ask for",             "- y - y - - - - - - -",
     {"partner_confirmations"}),
    # --- the committee
    ("meetings: read what one is summoned to",        "- - - - - - y y - - -",
     {"meetings", "meeting", "agenda_item", "meeting_papers"}),
    ("minutes of a meeting that has not been held",   "- - - - - - - - - - -",
     {"meeting_minutes", "meeting_minutes_pdf", "section_extract", "adjust_minutes",
      "adjust_section", "announce_meeting", "announce_section", "announce_decision",
      "decision_extract"}),
    ("what waits to be announced",                    "- - - - - - - y - - -", {"to_announce"}),
    ("decide urgently, as the chair",                 "- - - - - - y - - - -",
     {"urgent_decision"} | verbs(Proposal, only=["decide_urgently"])),
    ("mandates: keep",                                "- - - - - - - y y - -",
     pages([Seat], "add")),
    # --- cases
    ("the register",                                  "- - - - - y - y y - y",
     {"api:cases-list", "api:cases-detail"}),
    ("a conflict: declare one's own",                 "- - - - - y y y y - -",
     {"declare_conflict"}),
    ("a conflict: record another's, and how it was settled", "- - - - - - - - y - -",
     pages([Conflict], "add") | verbs(Conflict)),
    ("the log of one's own case, or as administrator", "- - - - - y - - y - -",
     pages(WITH_A_LOG, "history")),
    ("the log of an application",                     "- - - - - y - - - - -",
     pages(MATTERS, "history")),
    # --- the staff's pages
    ("the workroom, the overview, the way into the admin", "- - - - - y - y y - -",
     {"workroom", "agreements_overview", "admin:index", "admin:app_list", "admin:autocomplete",
      "admin:jsi18n"}),
    ("what is filed, content and reference data: read", "- - - - - y - y y - -",
     pages([*CONTENT, *LEDGER, *FILED, *REFERENCE, *MEETINGS], "changelist", "change")
     | pages([*CONTENT, *LEDGER, *REFERENCE, *MEETINGS], "history") - pages(WITH_A_LOG, "history")),
    ("content: write, publish, import",               "- - - - - y - - y - -",
     pages(CONTENT, "add") | pages(TAKEN_AWAY, "delete")
     | verbs(*PUBLISHED, but=RENEWALS) | verbs(SchemeBudget, only=["propose"])
     | verbs(Engagement, only=["note", "correct"])
     | {"build_form", "publish_form", "preview_form", "add_section", "edit_section",
        "add_question", "edit_question", "change_part", "imports", "import", "import_heading"}),
    ("agreements and the ledger: handle",             "- - - - - y - - - - -",
     pages(LEDGER, "add") | verbs(Agreement, only=RENEWALS) | verbs(Commitment, Review)
     | verbs(AgreementVersion, but=["correct_noted"]) | verbs(Engagement, only=["propose"])),
    ("accounts, mail, reference data, a budget: keep", "- - - - - - - - y - -",
     pages(ADMINISTERED, "changelist", "change", "history") | pages([User, *REFERENCE], "add")
     | pages([Subscriber], "delete") | verbs(SchemeBudget, only=["confirm"])
     | {"admin:auth_user_password_change"}),
    ("what is decided, filed or published: add, remove", "- - - - - - - - - - -",
     pages([*FILED, *MATTERS, Mail, Meeting, Subscriber], "add")
     | pages(set(admin.site._registry) - {*TAKEN_AWAY, Subscriber}, "delete")
     | verbs(AgreementVersion, only=["correct_noted"])),
]  # fmt: skip

#: route -> the roles that it lets in
TABLE = {
    route: {role for role, cell in zip(ROLES, cells.split(), strict=True) if cell == "y"}
    for _what, cells, routes in ROWS
    for route in routes
}
IN_TWO_ROWS = sum(len(routes) for _what, _cells, routes in ROWS) - len(TABLE)


def is_of_accounts(route: str) -> bool:
    own = {"admin:login", "admin:logout", "admin:password_change", "admin:password_change_done"}
    return route.startswith(ACCOUNTS) or route in own
