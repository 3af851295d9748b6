"""The papers of a meeting (handlingar): all that its members read before it, in one sequence.

The committee knows no domain; what a case is about is told here, of many cases at a time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from agreements.models import Agreement
from agreements.workflow import VersionState
from grants.confirmations import Standing, answered
from grants.models import Application, Assessment, Score
from grants.models.submissions import Submission
from grants.reading import Known, told
from networks.models import Engagement
from portal.cases.models import Case, Document
from portal.committee.models import Meeting, Proposal, ReportedDecision
from portal.committee.views.meetings import crumbs
from portal.core.languages import language_name


@dataclass(frozen=True)
class Part:
    title: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class Papers:
    """Of one case: its matter in words, and its documents."""

    parts: list[Part] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)


def papers_of(cases: Iterable[Case]) -> dict[int, Papers]:
    """By the key of the case."""
    found = {case.pk: Papers() for case in cases}
    for kind, tell in _TELLERS.items():
        of_kind = [case.pk for case in cases if case.kind == kind]
        for pk, parts in (tell(of_kind) if of_kind else {}).items():
            found[pk].parts.extend(parts)
    for document in Document.objects.filter(case__in=found):
        found[document.case_id].documents.append(document)
    return found


def _applications(cases: list[int]) -> dict[int, list[Part]]:
    """As they were handed in last, what their partners said, and how they have been assessed."""
    found = Application.objects.filter(case__in=cases).select_related(
        "call__scheme", "applicant", "organisation"
    )
    assessments = Assessment.objects.counted().select_related("assessor")
    counted = Prefetch("assessments", assessments.prefetch_related("scores__criterion"))
    applications = list(found.prefetch_related(counted))
    answers = answered(applications)
    versions = Submission.objects.filter(application__in=applications).select_related("form")
    last = {one.application_id: one for one in versions.order_by("number")}
    known = Known.of(*(one.content for one in last.values()))
    # Those of one call answer the same questions, which then are read once.
    forms = {one.form_id: one.form for one in last.values()}
    return {
        one.case_id: [
            Part(_("The applicant"), [(_("Name"), one.applicant_name)]),
            *(
                Part(part.title, [(fact.label, fact.text) for fact in part.facts])
                for part in told(one, last[one.pk].content, forms[last[one.pk].form_id], known)
            ),
            *_confirmations(answers.get(one.pk, [])),
            *_assessments(one),
        ]
        for one in applications
        if one.pk in last
    }


def _confirmations(standings: list[Standing]) -> list[Part]:
    said = [(str(one.row), one.text) for one in standings]
    return [Part(_("Partner confirmations"), said)] if said else []


def _assessments(application: Application) -> list[Part]:
    """Those that count: score and reasons for each criterion."""
    said = [
        (str(one.assessor), "\n".join(map(_said, one.scores.all())))
        for one in application.assessments.all()
    ]
    return [Part(_("Assessments"), said)] if said else []


def _said(score: Score) -> str:
    criterion = f"{score.criterion}: " if score.criterion else ""
    return f"{criterion}{score.get_score_display()}. {score.justification}"


def _agreements(cases: list[int]) -> dict[int, list[Part]]:
    """The terms that await the decision: texts, days, and what the parties undertake."""
    found = Agreement.objects.filter(case__in=cases).prefetch_related(
        "versions__texts", "versions__commitments__party__partner"
    )
    return {one.case_id: [part for part in _terms(one) if part.facts] for one in found}


def _terms(agreement: Agreement) -> list[Part]:
    states = (VersionState.FOR_DECISION, VersionState.APPROVED, VersionState.SIGNED)
    versions = [one for one in agreement.versions.all() if one.state in states]
    if not versions:
        return []
    version = versions[-1]
    days = {_("Valid until"): version.valid_until, _("Last day to give notice"): version.notice_on}
    return [
        Part(str(version.get_kind_display()), [
            (label, date_format(day, "j F Y")) for label, day in days.items() if day
        ]),
        Part(_("The text"), [
            (language_name(text.language), f"{text.title}\n\n{text.body}")
            for text in version.texts.all()
        ]),
        Part(_("Commitments"), [
            (one.party.called, str(one.text)) for one in version.commitments.all()
        ]),
    ]  # fmt: skip


def _engagements(cases: list[int]) -> dict[int, list[Part]]:
    found = Engagement.objects.filter(case__in=cases).select_related("network")
    return {one.case_id: [Part(_("The engagement"), _engagement(one))] for one in found}


def _engagement(engagement: Engagement) -> list[tuple[str, str]]:
    start = engagement.start
    return [
        (_("Network"), str(engagement.network)),
        (_("Level"), str(engagement.get_level_display())),
        (_("From"), date_format(start, "j F Y") if start else ""),
    ]


_TELLERS: dict[str, Callable[[list[int]], dict[int, list[Part]]]] = {
    Case.Kind.APPLICATION: _applications,
    Case.Kind.AGREEMENT: _agreements,
    Case.Kind.ENGAGEMENT: _engagements,
}


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class MeetingPapers(TemplateView):
    """For those who are summoned, and the secretary; whoever is barred reads nothing."""

    template_name = "committee/papers.html"

    def get_context_data(self, **context):
        user = self.request.user
        meeting = get_object_or_404(Meeting.objects.open_to(user), pk=self.kwargs["pk"])
        items = self.items(meeting, user)
        readable = [one for item in items if not item.is_barred for one in item.proposals.all()]
        papers = papers_of([proposal.case for proposal in readable])
        for proposal in readable:
            proposal.papers = papers[proposal.case_id]
        return super().get_context_data(
            meeting=meeting,
            items=items,
            breadcrumbs=crumbs((str(meeting), meeting.get_absolute_url()), (_("Papers"), "")),
            **context,
        )

    @staticmethod
    def items(meeting, user) -> list:
        proposals = Proposal.objects.select_related("case", "proposed_by").in_order()
        reported = ReportedDecision.objects.open_to(user)
        return list(
            meeting.items.barred_for(user).prefetch_related(
                Prefetch("proposals", proposals), Prefetch("reported", reported)
            )
        )
