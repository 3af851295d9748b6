"""What an application must hold before it can be submitted; a draft may lack all of it."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.answers import is_answered, shown


def check_complete(application, at) -> None:
    """Raise ValidationError with every lack at once, by field."""
    application.call.check_open(at)
    errors = _empty_fields(application) | _perspectives(application)
    errors |= _unanswered(application) | _missing_files(application)
    for rule in (_amount, _applicant, _days):
        try:
            rule(application)
        except ValidationError as error:
            error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _empty_fields(application) -> dict:
    return {
        name: [_("Fill this in before you submit.")]
        for name in application.CONTENT
        if getattr(application, name) in (None, "")
    }


def _perspectives(application) -> dict:
    tags = application.tags.select_related("perspective")
    if not tags:
        return {"perspectives": [_("Choose at least one perspective.")]}
    unexplained = [
        _("Say how the project serves the perspective “%(name)s”.") % {"name": tag.perspective}
        for tag in tags
        if not tag.how.strip()
    ]
    return {"perspectives": unexplained} if unexplained else {}


def _unanswered(application) -> dict:
    """Of the call's own questions; one that is not asked needs no answer."""
    return {
        question.field_name: [_("Fill this in before you submit.")]
        for question in shown(application.questions, application.answers)
        if question.is_required and not is_answered(question, application.answers)
    }


def _missing_files(application) -> dict:
    there = set(application.attachments.values_list("required", flat=True))
    missing = [
        _("Attach: %(file)s.") % {"file": required}
        for required in application.call.scheme.attachments.all()
        if required.pk not in there
    ]
    return {NON_FIELD_ERRORS: missing} if missing else {}


def _amount(application) -> None:
    if application.amount and application.total_cost:
        application.call.scheme.check_amount(application.amount, application.total_cost)


def _days(application) -> None:
    """Support is not given afterwards; a cooperation that has begun may go on."""
    opened = timezone.localdate(application.call.opens_at)
    if application.ends_on and application.ends_on < opened:
        reason = _("The project ends before the call opened, on %(day)s.")
        raise ValidationError({"ends_on": reason % {"day": opened}})


def _applicant(application) -> None:
    application.call.scheme.check_applicant(application.applicant_kind)
