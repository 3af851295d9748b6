from django.db import models
from django.db.models import Q


class CaseQuerySet(models.QuerySet):
    def registered(self):
        """Cases with a registration number: what staff queries start from."""
        return self.exclude(registered_at=None)

    def of(self, user):
        """Cases where the person, or an organisation of theirs, is a party."""
        return self.filter(
            Q(parties__user=user) | Q(parties__organisation__members__user=user)
        ).distinct()

    def visible_to(self, user):
        """Staff see what is registered; everybody else the cases they are a party of."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("cases.view_case"):
            return self.registered()
        return self.of(user)


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The documents of the cases the person may see; published ones for all."""
        cases = self.model.case.field.related_model.objects.visible_to(user)
        return self.filter(Q(is_public=True) | Q(case__in=cases))
