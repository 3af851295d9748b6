"""Swedish organisation numbers, as they are read and kept: 556036-0793."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.se import orgnr


def normal(number: str) -> str:
    """The number in its one written form. Raises ValidationError, saying what is wrong.

    Source: the Tax Agency's rule of ten digits with a check digit; the third is at least 2, which
    tells it from a personal identity number.
    """
    if any(sign.isdigit() and not sign.isascii() for sign in number):
        raise ValidationError(_("Write the number with ordinary digits."))
    digits = orgnr.compact(number)
    if len(digits) == 12 and digits.startswith("16"):  # with the century in front, as in registers
        digits = digits[2:]
    try:
        orgnr.validate(digits)
    except NotANumber:
        raise ValidationError(
            _("That is not an organisation number: it has ten digits, such as 556036-0793.")
        ) from None
    if digits[2] < "2":
        told = _("That looks like a personal identity number. Leave it out, and apply as yourself.")
        raise ValidationError(told)
    return orgnr.format(digits)


class OrganisationNumberField(models.CharField):
    """Read in any of the forms that people write, kept in one; nothing where there is none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 13, "null": True, "blank": True, **kwargs})

    def clean(self, value, model_instance):
        value = (value or "").strip()
        return super().clean(normal(value) if value else None, model_instance)
