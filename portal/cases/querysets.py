from django.db import models, transaction
from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Lower

from portal.core.models import Organisation


class PartyQuerySet(models.QuerySet):
    def of(self, user):
        """The person, and the organisations the person belongs to."""
        return self.filter(Q(user=user) | Q(organisation__in=Organisation.objects.of(user)))

    def naming(self, user):
        """Besides, those that name the person's e-mail address: a partner's contact, say."""
        return self.of(user) | self.filter(email__iexact=user.email)


class OfCases(models.QuerySet):
    """Rows that belong to cases: nobody meets here what they are barred from.

    `case_path` leads from the row to its case.
    """

    case_path = "case"

    def barring(self, user):
        """Of the matters that the person has a conflict of interest in."""
        return self.exclude(pk__in=self.not_barring(user).values("pk"))

    def not_barring(self, user):
        """Without the matters that the person has a conflict of interest in."""
        return without_barred(self, user, self.case_path)


def without_barred(rows, user, case_path: str):
    """Rows of any kind, without those whose case the person is barred from."""
    model = rows.model
    for name in case_path.split("__"):
        model = model if name == "pk" else model._meta.get_field(name).related_model
    barred = model._default_manager.barring(user).values("pk")
    # A row that hangs on no case has none to be barred from.
    return rows.exclude(**{f"{case_path}__in": barred})


class CaseQuerySet(models.QuerySet):
    @transaction.atomic
    def begin(self, kind, title, *, by, at):
        """Open the case of a new matter; its number comes when it is registered."""
        case = self.create(kind=kind, title=title)
        case.log("started", by=by, at=at)
        return case

    def registered(self):
        """Cases with a registration number: what staff queries start from."""
        return self.exclude(registered_at=None)

    def of(self, user):
        """Cases where the person, or an organisation of theirs, is a party."""
        parties = self.model.parties.rel.related_model.objects.of(user)
        return self.filter(Exists(parties.filter(case=OuterRef("pk"))))

    def visible_to(self, user):
        """Staff see what is registered; everybody else the cases they are a party of."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("cases.view_case"):
            return self.registered().not_barring(user).declared_by(user)
        return self.of(user)

    def barring(self, user):
        """Cases that the person has a conflict of interest in: as a party, as a member of one as of
        now, or by declaration. Whatever role or token the person has, it is refused.
        """
        cases = self.model
        parties = cases.parties.rel.related_model.objects.naming(user)
        conflicts = cases.conflicts.rel.related_model.objects.in_force().filter(user=user)
        own = {"case": OuterRef("pk")}
        return self.filter(Exists(parties.filter(**own)) | Exists(conflicts.filter(**own)))

    def barring_among(self, people) -> set[int]:
        """Which of these persons (keys of users) `barring` would keep from one of the cases: asked
        once for all of them.
        """
        cases = self.model
        users = cases.officer.field.related_model.objects  # type: ignore[attr-defined]
        users = users.filter(pk__in=people)
        conflicts = cases.conflicts.rel.related_model.objects.in_force()  # type: ignore[attr-defined]
        conflicts = conflicts.filter(case__in=self)
        parties = cases.parties.rel.related_model.objects  # type: ignore[attr-defined]
        parties = parties.filter(case__in=self)
        named = parties.annotate(address=Lower("email")).filter(address=Lower(OuterRef("email")))
        found = users.filter(
            Q(pk__in=conflicts.values("user"))
            | Q(pk__in=parties.exclude(user=None).values("user"))
            | Q(pk__in=parties.filter(organisation__members__user__in=people)
                .values("organisation__members__user"))
            | Exists(named)
        )  # fmt: skip
        return set(found.values_list("pk", flat=True))

    def not_barring(self, user):
        return self.exclude(pk__in=self.model.objects.barring(user).values("pk"))

    def closed_to(self, user):
        """Barred from, and no party of: nothing of these is told, not even what one wrote."""
        return self.barring(user).exclude(pk__in=self.of(user).values("pk"))

    def read_by(self, user):
        """Cases whose documents are open to somebody who was asked to read them, and has declared;
        nothing else of the case is.
        """
        return self.asking(user, since__isnull=False).not_barring(user)

    def declared_by(self, user):
        """Without those that the person is asked to read and has not declared themselves about:
        until then nobody meets them, whatever role the person has.
        """
        undeclared = self.model.objects.asking(user, since=None)
        return self.exclude(pk__in=undeclared.values("pk"))

    def asking(self, user, **which):
        """Which the person is asked to read."""
        readers = self.model.readers.rel.related_model.objects.filter(user=user, **which)
        return self.filter(Exists(readers.filter(case=OuterRef("pk"))))

    def with_unread_from_parties(self):
        """Where a party has written what nobody who handles the case has read."""
        messages = self.model.messages.rel.related_model.objects.from_parties().unread()
        return self.filter(Exists(messages.filter(case=OuterRef("pk"))))

    def with_unread_from_staff(self):
        messages = self.model.messages.rel.related_model.objects.from_staff().unread()
        return self.filter(Exists(messages.filter(case=OuterRef("pk"))))

    def on_an_agenda(self):
        """Registered cases with a proposal that a meeting decides, or has decided."""
        proposals = self.model.proposals.rel.related_model.objects.filter(delegation_point=None)
        return self.registered().filter(Exists(proposals.filter(case=OuterRef("pk"))))

    def on_an_agenda_of(self, user):
        """Registered cases on the agenda of a meeting to which the person is summoned."""
        proposals = self.model.proposals.rel.related_model.objects
        theirs = proposals.filter(item__meeting__attendance__user=user)
        return self.registered().filter(Exists(theirs.filter(case=OuterRef("pk"))))

    def open_to(self, user):
        """Whose file a person may read: officers all registered ones, secretaries what stands on
        an agenda, members what stands on that of a meeting of theirs, parties their own.
        """
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("cases.handle_case"):
            return self.handled_by(user) | self.of(user)
        if user.has_perm("cases.prepare_meeting"):
            return self.on_an_agenda().not_barring(user) | self.of(user)
        return self.on_an_agenda_of(user).not_barring(user) | self.of(user)

    def handled_by(self, user):
        """Registered cases that the person may handle."""
        if not user.has_perm("cases.handle_case"):
            return self.none()
        return self.registered().not_barring(user).declared_by(user)


class CaseEventQuerySet(models.QuerySet):
    def mails(self):
        """The keys of the mails that these lines tell of."""
        key = Cast(KeyTextTransform("mail", "details"), BigIntegerField())
        return self.filter(what="notified").annotate(mail=key).values("mail")


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The documents of the cases whose file is open to the person, and of those they are asked
        to read; published ones for all.
        """
        cases = self.model.case.field.related_model.objects
        may = Q(is_public=True) | Q(case__in=cases.open_to(user))
        if user.is_authenticated:
            may |= Q(case__in=cases.read_by(user))
        return self.filter(may)
