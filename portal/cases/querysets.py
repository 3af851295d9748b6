from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from portal.core.models import Organisation


class PartyQuerySet(models.QuerySet):
    def of(self, user):
        """The person, and the organisations the person belongs to."""
        return self.filter(Q(user=user) | Q(organisation__in=Organisation.objects.of(user)))


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
            return self.registered()
        return self.of(user)

    def not_of(self, user):
        """Without the cases where the person is a party: nobody handles a matter of their own."""
        return self.exclude(pk__in=self.model.objects.of(user).values("pk"))

    def with_unread_from_parties(self):
        """Where a party has written what nobody who handles the case has read."""
        messages = self.model.messages.rel.related_model.objects.from_parties().unread()
        return self.filter(Exists(messages.filter(case=OuterRef("pk"))))

    def with_unread_from_staff(self):
        messages = self.model.messages.rel.related_model.objects.from_staff().unread()
        return self.filter(Exists(messages.filter(case=OuterRef("pk"))))

    def on_an_agenda(self):
        """Registered cases with a proposal that a meeting decides, or has decided."""
        proposed = Q(proposals__isnull=False, proposals__delegation_point=None)
        return self.registered().filter(proposed).distinct()

    def open_to(self, user):
        """Whose file a person may read: officers all registered ones, secretaries what stands on
        an agenda, parties their own.
        """
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("cases.handle_case"):
            return self.registered()
        if user.has_perm("cases.prepare_meeting"):
            return self.on_an_agenda()
        return self.of(user)


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The documents of the cases whose file is open to the person; published ones for all."""
        cases = self.model.case.field.related_model.objects.open_to(user)
        return self.filter(Q(is_public=True) | Q(case__in=cases))
