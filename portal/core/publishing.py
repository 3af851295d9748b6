"""Draft or published: the state every item shares that the public may read."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
