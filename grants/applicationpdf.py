"""A handed-in application as a document to keep: what was written, and what was attached."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants import reading
from grants.models import Application
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
            *_content(application),
        ],
    )


def _received(application) -> list[tuple[str, str]]:
    received = timezone.localtime(application.submitted_at)
    return [
        (_("Received"), date_format(received, "j F Y H:i T")),
        (_("Call"), str(application.call)),
        (_("Applicant"), application.applicant_name),
    ]


def _content(application) -> list[Section]:
    """What was handed in last, in the reader's language."""
    content, form = application.handed_in()
    return [
        Section(part.title, [(fact.label, fact.text or NOTHING) for fact in part.facts])
        for part in reading.told(application, content, form) + reading.confirmations(application)
        if part.facts
    ]
