"""Draft or published: the state every item shares that the public may read."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.core.workflow import Transition, Workflow, verb


class Publication(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    PUBLISHED = "published", gettext_lazy("Published")


def publishing(permission: str) -> tuple[Transition, Transition]:
    """The two transitions, guarded by the app's own permission."""
    return (
        Transition(
            verb="publish",
            sources=(Publication.DRAFT,),
            target=Publication.PUBLISHED,
            label=gettext_lazy("Publish"),
            permission=permission,
            field="publication",
        ),
        Transition(
            verb="unpublish",
            sources=(Publication.PUBLISHED,),
            target=Publication.DRAFT,
            label=gettext_lazy("Unpublish"),
            permission=permission,
            field="publication",
        ),
    )


@deconstructible
class OwnAddress:
    """Validates that a slug leads to the item's own page, in every language.

    Fixed pages stand before it in the table of contents: a partner called `hitta` would never be
    seen, as /partner/hitta/ is where partners are searched for.
    """

    def __init__(self, page: str):
        self.page = page

    def __call__(self, slug: str) -> None:
        for code, _language in settings.LANGUAGES:
            with override(code):
                found = self._page_at(slug)
            if found != self.page:
                raise ValidationError(
                    _("“%(slug)s” is the address of another page: choose another."),
                    "taken_by_a_page",
                    {"slug": slug},
                )

    def _page_at(self, slug: str) -> str | None:
        try:
            return resolve(reverse(self.page, args=[slug])).url_name
        except NoReverseMatch:
            # No slug at all, as the field itself says.
            return self.page

    def __eq__(self, other):
        return isinstance(other, OwnAddress) and other.page == self.page

    __hash__ = None  # type: ignore[assignment]


class PublishableQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(publication=Publication.DRAFT)

    def public(self):
        return self.filter(publication=Publication.PUBLISHED)

    def visible_to(self, user):
        """Staff see drafts too; everybody else what is published."""
        model = self.model._meta
        if user.has_perm(f"{model.app_label}.view_{model.model_name}"):
            return self
        return self.public()


class Publishable(models.Model):
    publication = models.CharField(
        gettext_lazy("publication"),
        max_length=10,
        choices=Publication.choices,
        default=Publication.DRAFT,
        editable=False,
        db_index=True,
    )
    updated_at = models.DateTimeField(gettext_lazy("updated"), auto_now=True, db_index=True)

    workflow: Workflow
    perspectives: models.ManyToManyField

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.publication == Publication.PUBLISHED

    @verb
    def publish(self, *, by, at):
        missing = self.missing_for_publication()
        if missing:
            raise ValidationError(
                _("Before publication, fill in: %(fields)s.") % {"fields": ", ".join(missing)}
            )

    @verb
    def unpublish(self, *, by, at):
        """Nothing more: the page answers 404 from now on."""

    def missing_for_publication(self) -> list[str]:
        """What the public page would lack: both languages' texts, and the strategy's tags."""
        fields = {field.name: field for field in self._meta.fields}
        missing = [
            str(fields[f"{name}_{language}"].verbose_name)
            for name in self.bilingual
            for language in ("sv", "en")
            if not getattr(self, f"{name}_{language}")
        ]
        if not self.perspectives.exists():
            missing.append(_("at least one perspective"))
        return missing

    bilingual: tuple[str, ...] = ()
