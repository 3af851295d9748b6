from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.core.models import ApiToken, User


class Command(BaseCommand):
    help = "Make or revoke a person's tokens for the API."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="print a new token; it cannot be shown again")
        create.add_argument("email")
        create.add_argument("--scope", choices=ApiToken.Scope.values, default=ApiToken.Scope.READ)
        revoke = verbs.add_parser("revoke", help="remove all tokens of a person")
        revoke.add_argument("email")

    def handle(self, *args, verb, email, scope=None, **options):
        try:
            user = User.objects.get_by_natural_key(email)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody has the e-mail address {email}.") from error
        if verb == "revoke":
            count, _rows = user.api_tokens.all().delete()
            self.stdout.write(f"{count} tokens revoked")
        else:
            self.stdout.write(self.create(user, scope))

    def create(self, user, scope) -> str:
        if not user.is_active:
            raise CommandError("The account is closed.")
        if scope == ApiToken.Scope.STAFF and not user.has_perm("cases.view_case"):
            raise CommandError("The person has no role that reads cases.")
        return ApiToken.objects.issue(user=user, scope=scope, at=timezone.now())
