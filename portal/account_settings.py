"""How the accounts' library works here. Nothing of it depends on the environment."""

ACCOUNT_ADAPTER = "portal.core.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"portal.core.accounts.forms.{form}"
    for name, form in {
        "login": "SignInForm",
        "signup": "SignUpForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "NewPasswordForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "add_email": "ChangeAddressForm",
        "reauthenticate": "PasswordAgainForm",
        "confirm_email_verification_code": "MailedCodeForm",
        "confirm_password_reset_code": "ResetCodeForm",
    }.items()
}
ACCOUNT_SIGNUP_FORM_CLASS = "portal.core.accounts.signup.NameForm"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60

MFA_ADAPTER = "portal.core.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks differ by half a minute
MFA_FORMS = {
    "authenticate": "portal.core.accounts.forms.SecondStepForm",
    "reauthenticate": "portal.core.accounts.forms.SecondStepAgainForm",
    "activate_totp": "portal.core.accounts.forms.AppForm",
}

SOCIALACCOUNT_ADAPTER = "portal.core.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
