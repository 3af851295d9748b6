from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from portal.core.models import User
from portal.core.roles import Role


class Command(BaseCommand):
    help = (
        "Make the first administrator, or make somebody one. No password is set here: the person "
        "chooses one by the code that is mailed, and then a second step."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="for a new account")

    @transaction.atomic
    def handle(self, *args, email, name, **options):
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from None
        user = User.objects.filter(email=email).first()
        if user is None:
            if not name.strip():
                raise CommandError("A new account needs --name.")
            user = User.objects.create_user(email, full_name=name.strip())
        user.is_staff = True
        user.save()
        user.groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
        address = settings.SITE_URL + reverse("account_reset_password")
        self.stdout.write(f"{user} is an administrator. Choose a password at {address}")
