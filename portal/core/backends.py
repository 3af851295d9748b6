from django.core.exceptions import PermissionDenied
from rules.permissions import ObjectPermissionBackend


class RulesBackend(ObjectPermissionBackend):
    """The rules have the last word: what none of them allows is refused, and rights that somebody
    wrote into the database are never asked for.
    """

    def has_perm(self, user, perm, *args, **kwargs):
        if not super().has_perm(user, perm, *args, **kwargs):
            raise PermissionDenied
        return True

    def has_module_perms(self, user, app_label):
        if not super().has_module_perms(user, app_label):
            raise PermissionDenied
        return True
