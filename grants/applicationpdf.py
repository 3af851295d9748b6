"""A handed-in application as a document to keep: what was written, and what was attached."""

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.models import Application
from portal.core.dates import Precision, partial_date
from portal.core.money import format_money
from portal.core.pdf import Section, facts_pdf
from portal.core.region import committee_name

NOTHING = "–"


def application_pdf(application: Application) -> bytes:
    number = application.case.number
    return facts_pdf(
        title=_("Application %(number)s") % {"number": number},
        issuer=committee_name(),
        footer=f"{number}  {application.title}",
        sections=[
            Section("", _received(application)),
            Section(_("The project"), _project(application)),
            Section(_("Perspectives"), _perspectives(application)),
            *_answers(application),
            Section(_("Attachments"), _attachments(application)),
        ],
    )


def _received(application) -> list[tuple[str, str]]:
    received = timezone.localtime(application.submitted_at)
    return [
        (_("Received"), date_format(received, "j F Y H:i T")),
        (_("Call"), str(application.call)),
        (_("Applicant"), application.applicant_name),
    ]


def _project(application) -> list[tuple[str, str]]:
    first, last = (
        partial_date(day, Precision.DAY) for day in (application.starts_on, application.ends_on)
    )
    return [
        (_("Name of the project"), application.title),
        (_("Description"), application.summary),
        (_("Partner"), str(application.partner or NOTHING)),
        (_("Applied for"), format_money(application.amount)),
        (_("Total cost of the project"), format_money(application.total_cost)),
        (_("Period"), f"{first} – {last}"),
    ]


def _perspectives(application) -> list[tuple[str, str]]:
    tags = application.tags.select_related("perspective")
    return [(tag.perspective.name, tag.how) for tag in tags]


def _answers(application) -> list[Section]:
    return [
        Section(section.title, [(str(question), text or NOTHING) for question, text in answers])
        for section, answers in application.answered_sections
    ]


def _attachments(application) -> list[tuple[str, str]]:
    attached = application.attachments.select_related("document")
    return [(one.document.title, _described(one.document)) for one in attached] or [(_("None"), "")]


def _described(document) -> str:
    return f"{document.filename}, {filesizeformat(document.size)}\nSHA-256 {document.sha256}"
