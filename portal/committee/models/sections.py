from django.utils.translation import gettext_lazy as _

from portal.cases.numbering import Series


class SectionSeries(Series):
    """The committee's §§: they run through the year, gapless."""

    class Meta(Series.Meta):
        abstract = False
        verbose_name = _("series of sections")
        verbose_name_plural = _("series of sections")
