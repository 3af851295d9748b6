"""The questions that a call asks, built by staff: versions, sections, questions.

A published version never changes: staff go on in a new one, and each application keeps the version
it was begun with. A question that is carried on keeps its `key`, so that an answer can follow it.
"""

import secrets
from itertools import groupby
from operator import attrgetter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.calls import Call
from grants.querysets import CallFormQuerySet
from portal.core.constraints import Unique
from portal.core.models import User
from portal.core.workflow import WrongState, lock

MOST_QUESTIONS = 100


def new_key() -> str:
    return secrets.token_hex(4)


class CallForm(models.Model):
    """One version of a call's questions."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    locked_with = "call"
    objects = CallFormQuerySet.as_manager()

    class Meta:
        ordering = ["call", "-number"]
        verbose_name = _("version of the questions")
        verbose_name_plural = _("versions of the questions")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="call_form_number_once"),
            Unique(
                fields=["call"],
                condition=Q(published_at=None),
                name="call_one_form_in_work",
                violation_error_message=_("There is a version in work already."),
            ),
        ]

    def __str__(self):
        return _now("Version %(number)s") % {"number": self.number}

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @cached_property
    def parts(self) -> list["Section"]:
        """The sections with all that a page shows of their questions, in three queries."""
        sections = Section.objects.filter(form=self)
        return list(sections.prefetch_related("questions__shown_if"))

    @cached_property
    def asked_sections(self) -> list[tuple["Section", list["Question"]]]:
        """The sections that hold questions, each with them, in one query."""
        found = Question.objects.filter(section__form=self).select_related("section")
        questions = list(found.order_by("section__order", "section", "order", "pk"))
        by_key = {question.pk: question for question in questions}
        for question in questions:
            if question.shown_if_id:
                question.shown_if = by_key[question.shown_if_id]
        return [
            (section, list(group))
            for section, group in groupby(questions, key=attrgetter("section"))
        ]

    def all_questions(self) -> list["Question"]:
        """In the order they are asked."""
        return [question for _section, questions in self.asked_sections for question in questions]

    # --- Building, by those who keep calls ------------------------------------------------------

    @transaction.atomic
    def publish(self, *, by, at) -> None:
        """Applications begun from now on answer this version. It changes no more."""
        form = self._open_for(by)
        if not form.all_questions():
            raise ValidationError(_now("There is no question yet."))
        form.published_at, form.published_by = at, by
        form.save()

    @transaction.atomic
    def begin_next(self, *, by, at) -> "CallForm":
        """A version to go on working in, with the questions of this one."""
        self._check(by)
        call = lock(self.call)
        if (begun := call.forms.in_work().first()) is not None:
            return begun
        last = call.forms.aggregate(last=Max("number"))["last"]
        following = call.forms.create(number=last + 1)
        copies: dict[int, Question] = {}
        for section in self.parts:
            questions = list(section.questions.all())
            section.pk, section.form = None, following
            section.save()
            for question in questions:
                old = question.pk
                question.pk, question.section = None, section
                if question.shown_if_id:
                    question.shown_if = copies[question.shown_if_id]
                question.save()
                copies[old] = question
        return following

    def _check(self, by) -> None:
        if not by.has_perm("grants.change_call", self.call):
            raise PermissionDenied

    def _open_for(self, by) -> "CallForm":
        """This version, locked, for somebody who may change it and while it may be changed."""
        self._check(by)
        form = lock(self)
        if form.is_published:
            raise WrongState(_now("This version is published: go on in a new one."))
        return form

    @transaction.atomic
    def keep_section(self, section: "Section", *, by) -> None:
        form = self._open_for(by)
        if section.pk is None:
            section.form, section.order = form, _next_order(form.sections)
        section.save()

    @transaction.atomic
    def keep_question(self, question: "Question", *, by) -> None:
        """Save a question; a new one comes last in its section."""
        form = self._open_for(by)
        if question.pk is None:
            if len(form.all_questions()) >= MOST_QUESTIONS:
                raise ValidationError(_now("There are a hundred questions: that must be enough."))
            question.order = _next_order(question.section.questions)
        question.full_clean()
        question.save()

    @transaction.atomic
    def remove(self, part: "Section | Question", *, by) -> None:
        self._open_for(by)
        parts = [part] if isinstance(part, Question) else part.questions.all()
        removed = [question.pk for question in parts]
        needing = Question.objects.filter(shown_if__in=removed).exclude(pk__in=removed)
        if other := needing.first():
            told = _now("“%(other)s” is shown by an answer to it: change that first.")
            raise ValidationError(told % {"other": other})
        Question.objects.filter(pk__in=removed).update(shown_if=None, shown_if_answer="")
        part.delete()

    @transaction.atomic
    def move(self, part: "Section | Question", *, up: bool, by) -> None:
        """One step up or down among its like; the ends stay where they are."""
        form = self._open_for(by)
        siblings = part.section.questions if isinstance(part, Question) else form.sections
        before, after = siblings.filter(order__lt=part.order), siblings.filter(order__gt=part.order)
        other = before.last() if up else after.first()
        if other is None:
            return
        part.order, other.order = other.order, part.order
        part.save()
        other.save()
        form.check_order()

    def check_order(self) -> None:
        """A question that another one's answer shows stands after it."""
        seen: set[int] = set()
        for question in self.all_questions():
            if question.shown_if_id and question.shown_if_id not in seen:
                told = _now("“%(question)s” must stand after the question whose answer shows it.")
                raise ValidationError(told % {"question": question})
            seen.add(question.pk)


def _next_order(siblings) -> int:
    return (siblings.aggregate(last=Max("order"))["last"] or 0) + 1


class Section(models.Model):
    form = models.ForeignKey(CallForm, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("heading"), max_length=120)
    help = models.TextField(_("explanation"), max_length=1000, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self):
        return self.title


class Question(models.Model):
    """One question. `choices` holds what can be chosen: dicts of key, sv and en."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short text")
        LONG = "long", _("Long text")
        YES_NO = "yes_no", _("Yes or no")
        ONE = "one", _("One choice")
        SEVERAL = "several", _("Several choices")
        NUMBER = "number", _("Whole number")
        MONEY = "money", _("Amount in kronor")
        DATE = "date", _("Day")
        FILE = "file", _("File")

    CHOOSING = (Kind.ONE, Kind.SEVERAL)
    #: What another question can depend on.
    DECIDING = (Kind.YES_NO, Kind.ONE, Kind.SEVERAL)

    section = models.ForeignKey(
        Section, models.CASCADE, verbose_name=_("section"), related_name="questions"
    )
    key = models.CharField(max_length=8, default=new_key, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), editable=False)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("question"), max_length=300)
    help = models.TextField(_("explanation"), max_length=1000, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=True)
    longest = models.PositiveSmallIntegerField(
        _("most characters"), null=True, blank=True, help_text=_("For texts.")
    )
    least = models.IntegerField(_("at least"), null=True, blank=True, help_text=_("For numbers."))
    most = models.IntegerField(_("at most"), null=True, blank=True, help_text=_("For numbers."))
    choices = models.JSONField(_("choices"), default=list, blank=True)
    shown_if = models.ForeignKey(
        "self",
        models.RESTRICT,
        verbose_name=_("shown only after"),
        related_name="shows",
        null=True,
        blank=True,
    )
    shown_if_answer = models.CharField(
        _("when the answer is"), max_length=8, blank=True, default=""
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="question_once"),
            models.CheckConstraint(
                name="question_shown_by_an_answer",
                condition=Q(shown_if=None, shown_if_answer="")
                | (Q(shown_if__isnull=False) & ~Q(shown_if_answer="")),
            ),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        self._clean_choices()
        self._clean_range()
        self._clean_condition()

    def _clean_choices(self) -> None:
        if self.kind in self.CHOOSING and len(self.choices) < 2:
            raise ValidationError({"choices": _now("Give at least two choices.")})
        if self.kind not in self.CHOOSING and self.choices:
            raise ValidationError({"choices": _now("Only a question with choices has any.")})

    def _clean_range(self) -> None:
        if self.least is not None and self.most is not None and self.most < self.least:
            raise ValidationError({"most": _now("The most is less than the least.")})

    def _clean_condition(self) -> None:
        if self.shown_if is None:
            if self.shown_if_answer:
                told = _now("Choose which question the answer belongs to.")
                raise ValidationError({"shown_if": told})
            return
        if self.shown_if.section.form_id != self.section.form_id or self.shown_if_id == self.pk:
            raise ValidationError({"shown_if": _now("It is a question of another version.")})
        if self.shown_if_answer not in dict(self.shown_if.options):
            raise ValidationError({"shown_if_answer": _now("Choose one of its answers.")})

    @property
    def field_name(self) -> str:
        return f"q_{self.key}"

    @property
    def shown_if_text(self) -> str:
        """The answer that shows it, in the reader's language."""
        return dict(self.shown_if.options).get(self.shown_if_answer, "") if self.shown_if else ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen, in the reader's language: (key, text)."""
        if self.kind == self.Kind.YES_NO:
            return [("yes", _now("Yes")), ("no", _now("No"))]
        language = "en" if get_language() == "en" else "sv"
        return [(one["key"], one[language]) for one in self.choices]
