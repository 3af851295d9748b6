"""The account's addresses. The names are the library's own: its pages lead to one another."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as external
from django.urls import path
from django.utils.translation import gettext_lazy as _

urlpatterns = [
    path(_("sign-in/"), account.login, name="account_login"),
    path(_("sign-in/passkey/"), passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(_("sign-in/second-step/"), second_step.authenticate, name="mfa_authenticate"),
    path(_("sign-in/again/"), account.reauthenticate, name="account_reauthenticate"),
    path(_("sign-in/again/code/"), second_step.reauthenticate, name="mfa_reauthenticate"),
    path(
        _("sign-in/again/passkey/"),
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(_("sign-out/"), account.logout, name="account_logout"),
    path(_("closed/"), account.account_inactive, name="account_inactive"),
    path(_("sign-up/"), account.signup, name="account_signup"),
    path(
        _("confirm-address/"),
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path(_("address/"), account.email, name="account_email"),
    path(_("password/"), account.password_change, name="account_change_password"),
    path(_("password/set/"), account.password_set, name="account_set_password"),
    path(_("password/forgotten/"), account.password_reset, name="account_reset_password"),
    path(
        _("password/forgotten/code/"),
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        _("password/forgotten/new/"),
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        _("password/forgotten/done/"),
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path(_("second-step/"), second_step.index, name="mfa_index"),
    path(_("second-step/app/"), app.activate_totp, name="mfa_activate_totp"),
    path(_("second-step/app/remove/"), app.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        _("second-step/recovery-codes/"),
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        _("second-step/recovery-codes/new/"),
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        _("second-step/recovery-codes/download/"),
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(_("second-step/passkeys/"), passkeys.list_webauthn, name="mfa_list_webauthn"),
    path(_("second-step/passkeys/add/"), passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(_("second-step/passkeys/<int:pk>/"), passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        _("second-step/passkeys/<int:pk>/remove/"),
        passkeys.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path(_("external/"), external.connections, name="socialaccount_connections"),
    path(_("external/sign-up/"), external.signup, name="socialaccount_signup"),
    path(_("external/cancelled/"), external.login_cancelled, name="socialaccount_login_cancelled"),
    path(_("external/error/"), external.login_error, name="socialaccount_login_error"),
]
