"""What the accounts' library does our way: its mail goes through the outbox, in the reader's
language, and its secrets are kept encrypted.
"""

from base64 import urlsafe_b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.outbox import Addressee, post
from portal.core.region import region_name
from portal.core.roles import Role

#: Changes that somebody's account tells of, by what the library calls its mail.
NOTICES = {
    "password_changed": _("The password was changed."),
    "password_reset": _("The password was reset."),
    "password_set": _("A password was set."),
    "email_changed": _("The e-mail address was changed."),
    "email_confirm": _("The e-mail address was confirmed."),
    "email_deleted": _("An e-mail address was removed."),
    "totp_activated": _("An authenticator app was added."),
    "totp_deactivated": _("The authenticator app was removed."),
    "recovery_codes_generated": _("New recovery codes were made; the old ones work no more."),
    "webauthn_added": _("A passkey was added."),
    "webauthn_removed": _("A passkey was removed."),
    "account_connected": _("The account was connected to a sign-in of another service."),
    "account_disconnected": _("The account's connection to another service was ended."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Wrong e-mail address or password."),
        "incorrect_code": _("That is not the code. Look at it again, or ask for a new one."),
        "incorrect_password": _("Wrong password."),
        "too_many_login_attempts": _(
            "Too many tries that failed. Wait five minutes, or choose a new password."
        ),
        "rate_limited": _("That was too often. Wait a minute and try again."),
    }

    def new_user(self, request):
        user = super().new_user(request)
        user.language = get_language() or settings.LANGUAGE_CODE
        return user

    def get_login_redirect_url(self, request):
        if Role.ASSESSOR in request.user.roles and not request.user.is_staff:
            return resolve_url(settings.ASSESSOR_REDIRECT_URL)
        return super().get_login_redirect_url(request)

    def send_mail(self, template_prefix, email, context):
        name = template_prefix.rpartition("/")[2]
        user = context.get("user")
        language = user.language if user else get_language() or settings.LANGUAGE_CODE
        notice = NOTICES.get(name)
        post(
            to=Addressee(email, user.full_name if user else "", language),
            template=f"account/mail/{'notice' if notice else name}.txt",
            context={**context, "notice": notice},
            is_secret=True,
        )

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        context = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, context, email)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """The provider says who it is; an account keeps the name in one piece."""
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.full_name = data.get("name") or " ".join(filter(None, parts)) or user.email
        user.language = get_language() or settings.LANGUAGE_CODE
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That is not the code that holds now. Try with the next one."),
    }

    def _get_site_name(self):
        return f"Mötesplats, {region_name()}"

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """A copy of the database alone opens no account. Old keys open what they closed."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"second factor")
    return made.derive(key.encode())
