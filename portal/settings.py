"""Settings of the portal: the only file that reads the environment (12-factor)."""

import json
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.account_settings import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

# --- Safety -------------------------------------------------------------------------------------

DEMO_SECRET = "demo-only-secret-never-used-without-debug"  # noqa: S105 (refused without DEBUG)

# The demo shows the pages that everybody sees; Django's own, full of code, only where asked for.
DEMO = env.bool("DEBUG", default=False)
DEBUG = DEMO and env.bool("DEBUG_PAGES", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=DEMO_SECRET if DEMO else "")
if not DEMO and SECRET_KEY in {"", DEMO_SECRET}:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing: set it to a long random text of your own, "
        "or set DEBUG=1 to try the demo."
    )

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

# How many proxies stand in front and add to X-Forwarded-For.
PROXIES = env.int("PROXIES", default=0)

HTTPS = SITE_URL.startswith("https://") or not DEMO
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- The region ---------------------------------------------------------------------------------

# The texts of the first user stand in reference/region.json; another region sets the variables.
_region = json.loads((BASE_DIR / "reference" / "region.json").read_text())
REGION = {
    "name_sv": env.str("REGION_NAME_SV", default=_region["name_sv"]),
    "name_en": env.str("REGION_NAME_EN", default=_region["name_en"]),
    "committee_sv": env.str("REGION_COMMITTEE_SV", default=_region["committee_sv"]),
    "committee_en": env.str("REGION_COMMITTEE_EN", default=_region["committee_en"]),
    "committee_code": env.str("REGION_COMMITTEE_CODE", default=_region["committee_code"]),
    "contact": env.str("REGION_CONTACT", default=_region["contact"]),
    "country": env.str("REGION_COUNTRY", default="SE"),
    "logo": env.str("REGION_LOGO", default=""),
    "lat": env.float("REGION_LAT", default=_region["lat"]),
    "lon": env.float("REGION_LON", default=_region["lon"]),
}

# --- The program --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "portal.core",
    "portal.cases",
    "portal.committee",
    "partners",
    "agreements",
    "grants",
    "networks",
    "portal.site",
    "simple_history",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "portal.site.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.core.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.core.middleware.RefuseUnstorableTextMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "portal.core.renderer.PortalRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.site.context.portal",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# --- Database, cache, mail, files ---------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {"options": "-c lock_timeout=20s -c statement_timeout=60s"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

EMAIL_TIMEOUT = 20
vars().update(env.email("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=_region["contact"])
# In the demo a mail is sent when its transaction commits; elsewhere by `manage.py send_outbox`.
OUTBOX_SEND_ON_COMMIT = DEMO

MEDIA_ROOT = VAR_DIR / "files"
DOCUMENT_MAX_BYTES = 10 * 1024 * 1024

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "collected"
STATICFILES_DIRS = [VAR_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.core.staticfiles.ApiDocsFinder",
]
# Files are always collected and compressed beforehand, in the demo too.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
BASEMAP_DIR = VAR_DIR / "static" / "basemap"

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "portal.core.backends.RulesBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_pages"
# Where external assessors land.
ASSESSOR_REDIRECT_URL = "my_assessments"
LOGOUT_REDIRECT_URL = "home"

ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

# Single sign-on by OpenID Connect, where the region has it. An address that it says is verified
# (or all of them, where it vouches for what it does not say) opens the account with that address.
OIDC_URL = env.str("OIDC_URL", default="")
if OIDC_URL:
    _app = {
        "provider_id": "sso",
        "name": env.str("OIDC_NAME", default="OpenID Connect"),
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_SECRET"),
        "settings": {
            "server_url": OIDC_URL,
            "oauth_pkce_enabled": True,
            "verified_email": env.bool("OIDC_VOUCHES_FOR_EMAIL", default=False),
        },
    }
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_app]}}
    # The browser holds a form to where it may be led on to.
    _origin = "/".join(OIDC_URL.split("/", 3)[:3])
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(_origin)

# --- Languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
MODELTRANSLATION_DEFAULT_LANGUAGE = "sv"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("sv", "en")

# --- API ----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.core.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.core.parsers.ShallowJSONParser"],
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.core.problems.problem_details",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Mötesplats API",
    "DESCRIPTION": "Open data on international cultural cooperation.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["portal.core.openapi.add_problems"],
}

# --- Logs ---------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": {
            "()": "portal.core.logs.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "portal.core.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.str("LOG_FORMAT", default="console"),
        }
    },
    # Django's own handler would say everything once more.
    # The keys' library writes out whose key signed in.
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "fido2": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
