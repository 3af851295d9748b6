"""The library's forms with labels above their fields, in the portal's words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

GOOD_PASSWORD = _(
    "At least eight characters, and not one that many use. Three words of your own are easy to "
    "remember and hard to guess."
)


class _Plain:
    """Labels stand above their fields; a placeholder that repeats them is in the way. Of what makes
    a good password one sentence tells, where one is chosen.
    """

    labels: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if isinstance(field.widget, forms.PasswordInput):
                field.help_text = GOOD_PASSWORD if name == "password1" else ""


EMAIL, PASSWORD = _("E-mail address"), _("Password")
NEW_PASSWORD = _("New password")


class SignInForm(_Plain, account.LoginForm):
    labels = {
        "login": EMAIL,
        "password": PASSWORD,
        "remember": _("Stay signed in on this computer"),
    }


class SignUpForm(_Plain, account.SignupForm):
    labels = {"email": EMAIL, "password1": PASSWORD}


class ResetPasswordForm(_Plain, account.ResetPasswordForm):
    labels = {"email": EMAIL}


class NewPasswordForm(_Plain, account.ResetPasswordKeyForm):
    labels = {"password1": NEW_PASSWORD, "password2": _("New password again")}


class ChangePasswordForm(_Plain, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": NEW_PASSWORD,
        "password2": _("New password again"),
    }


class SetPasswordForm(_Plain, account.SetPasswordForm):
    labels = {"password1": NEW_PASSWORD, "password2": _("New password again")}


class ChangeAddressForm(_Plain, account.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class PasswordAgainForm(_Plain, account.ReauthenticateForm):
    labels = {"password": PASSWORD}


class MailedCodeForm(_Plain, account.ConfirmEmailVerificationCodeForm):
    labels = {"code": _("Code from the mail")}


class ResetCodeForm(_Plain, account.ConfirmPasswordResetCodeForm):
    labels = {"code": _("Code from the mail")}


SECOND_STEP = {"code": _("Code from the app, or a recovery code")}


class SecondStepForm(_Plain, mfa.AuthenticateForm):
    labels = SECOND_STEP


class SecondStepAgainForm(_Plain, mfa.ReauthenticateForm):
    labels = SECOND_STEP


class AppForm(_Plain, totp.ActivateTOTPForm):
    labels = {"code": _("Code from the app")}
