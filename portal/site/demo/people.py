"""The demo's accounts and organisations. Nobody of them exists."""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from portal.core.models import Municipality, Organisation, OrganisationMember, User
from portal.core.roles import Role

PASSWORD = "demo-portal-2026"  # noqa: S105 (the demo's, printed on its start)
TOTP_SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 (of all the demo's staff; `make code` says the digits)


@dataclass(frozen=True)
class Account:
    name: str
    full_name: str
    role: Role | None = None
    is_staff: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"

    @property
    def doing(self) -> str:
        return str(self.role) if self.role else "applicant"


ACCOUNTS = (
    Account("sokande", "Alva Påhittad"),
    Account("sokande2", "Birger Påhittad"),
    Account("medsokande", "Cecilia Påhittad"),
    Account("sakkunnig", "Doris Påhittad", Role.ASSESSOR),
    Account("handlaggare", "Elin Påhittad", Role.OFFICER, is_staff=True),
    Account("handlaggare2", "Farid Påhittad", Role.OFFICER, is_staff=True),
    Account("ledamot", "Gerda Påhittad", Role.MEMBER),
    Account("ordforande", "Hugo Påhittad", Role.MEMBER),
    Account("viceordforande", "Karin Påhittad", Role.MEMBER),
    Account("ledamot2", "Lars Påhittad", Role.MEMBER),
    Account("ledamot3", "Mona Påhittad", Role.MEMBER),
    Account("ersattare", "Nils Påhittad", Role.MEMBER),
    Account("ersattare2", "Olga Påhittad", Role.MEMBER),
    Account("sekreterare", "Iris Påhittad", Role.SECRETARY, is_staff=True),
    Account("admin", "Jonas Påhittad", Role.ADMINISTRATOR, is_staff=True),
)

#: Name, kind, municipality, and the accounts that belong to it.
ORGANISATIONS = (
    ("Kulturföreningen Havsbryn", "association", "Göteborg", ("sokande", "medsokande")),
    ("Stiftelsen Textilvägen", "foundation", "Borås", ("sokande2",)),
)


@dataclass(frozen=True)
class Cast:
    """The demo's people by what they are called in its data."""

    users: dict[str, User]
    organisations: dict[str, Organisation]


def make_people(day: date) -> Cast:
    users = _make_users()
    organisations = {}
    for name, kind, municipality, members in ORGANISATIONS:
        organisation, _new = Organisation.objects.get_or_create(
            name=name,
            invented=True,
            defaults={
                "kind": kind,
                "municipality": Municipality.objects.filter(name=municipality).first(),
            },
        )
        for place, member in enumerate(members):
            OrganisationMember.objects.get_or_create(
                organisation=organisation,
                user=users[member],
                defaults={
                    "since": day.replace(year=day.year - 6, day=1),
                    "role": "member" if place else "manager",
                },
            )
        organisations[name] = organisation
    return Cast(users, organisations)


def _make_users() -> dict[str, User]:
    emails = {account.email: account for account in ACCOUNTS}
    there = {user.email: user for user in User.objects.filter(email__in=emails)}
    missing = [account for account in ACCOUNTS if account.email not in there]
    # One hash for all: hashing is slow on purpose, and the password is the same.
    password = make_password(PASSWORD) if missing else ""
    for account in missing:
        user = User.objects.create(
            email=account.email,
            full_name=account.full_name,
            is_staff=account.is_staff,
            password=password,
        )
        user.groups.set(Group.objects.filter(name=account.role))
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        if account.is_staff:
            TOTP.activate(user, TOTP_SECRET)
        there[account.email] = user
    return {account.name: there[account.email] for account in ACCOUNTS}
