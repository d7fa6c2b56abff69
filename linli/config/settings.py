"""Settings. Everything a site decides comes from `LINLI_*` variables; without any, a demonstration on SQLite runs."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from linli.config.database import database
from linli.config.oidc import identity
from linli.config.secrets import site_secret

BASE = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("LINLI_VAR", BASE / "var"))
PACKS = Path(os.environ.get("LINLI_PACKS", BASE / "packs"))

DEBUG = os.environ.get("LINLI_DEBUG", "") == "1"
# A demonstration shows its text messages on a page and says so everywhere; a real site must switch it off.
DEMONSTRATION = os.environ.get("LINLI_DEMONSTRATION", "1") == "1"
# Shared by every account of the demonstration, and shown where one signs in. It opens nothing else.
DEMONSTRATION_PASSWORD = os.environ.get("LINLI_DEMONSTRATION_PASSWORD", "linli-yanshi-2026")
SECRET_KEY = site_secret(VAR, "secret-key", os.environ.get("LINLI_SECRET_KEY", ""))
# Encrypts sensitive fields; losing it loses them, so a real site keeps it apart from the database.
FIELD_KEY = site_secret(VAR, "field-key", os.environ.get("LINLI_FIELD_KEY", ""))
# How many front servers stand before this one; the address of a reader is what the outermost of them saw.
TRUSTED_PROXIES = int(os.environ.get("LINLI_PROXIES", "0"))
ALLOWED_HOSTS = os.environ.get("LINLI_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "linli.records.clockwork",
    "linli.records.trail",
    "linli.records.places",
    "linli.records.people",
    "linli.records.bodies",
    "linli.records.evidence",
    "linli.records.rulebook",
    "linli.records.duties",
    "linli.records.registers",
    "linli.records.notices",
    "linli.records.scorecards",
    "linli.records.texts",
    "linli.records.funds",
    "linli.records.meetings",
    "linli.records.needs",
    "linli.records.cases",
    "linli.records.rounds",
    "linli.records.reports",
    "linli.records.notifications",
    "linli.records.workbench",
    "linli.web.shared",
    "linli.web.portal",
    "linli.web.desk",
    "linli.web.api",
]

MIDDLEWARE = [
    "linli.web.shared.kept_pages.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A random length hides what a form's token would tell by the size of a page.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linli.web.shared.middleware.SearchMiddleware",
    "linli.web.shared.middleware.ReaderMiddleware",
    "linli.web.shared.drafting.DraftsMiddleware",
    "linli.web.shared.middleware.TurnedDownMiddleware",
]

ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # First, so that our pages stand before those of the same name in libraries.
        "DIRS": [BASE / "linli" / "web" / "shared" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "linli.web.shared.context.reader",
            ],
            # Ours last: its `translate` and `url` stand for those of Django.
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "linli.web.shared.templatetags.linli",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("LINLI_DATABASE_URL", ""), VAR / "linli.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE / "linli" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = BASE / "static-built"
# Compressed once, and named by content: a browser asks for a style sheet again only when it has changed.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"
# Files are named by digest and served through views that know who may see them, never by a bare address.
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# What is too much by a little comes back with the form (linli/web/shared/uploads.py); beyond this only a page says so.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_HANDLERS = [
    "linli.web.shared.uploads.Measured",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "linli.web.shared.turned_down.csrf_failure"
SESSION_ENGINE = "linli.web.shared.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("LINLI_HTTPS", "") == "1"
CSP_SELF = "'self'"
IDENTITY = identity(os.environ)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [CSP_SELF],
        "img-src": [CSP_SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [CSP_SELF, *([IDENTITY.origin] if IDENTITY else [])],
        "frame-ancestors": ["'none'"],
    }
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "linli.web.shared.accounts.StaffAccounts"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "linli.web.shared.identities.StaffIdentities"
SOCIALACCOUNT_PROVIDERS: dict[str, object] = IDENTITY.providers if IDENTITY else {"openid_connect": {"APPS": []}}
OIDC_MATCH = IDENTITY.match if IDENTITY else ""
# Under which licence the open data may be used; only the office that publishes it can say. Empty: nobody has said yet.
DATA_LICENCE = os.environ.get("LINLI_DATA_LICENCE", "")
# How text messages leave the house: "outbox" keeps them on a page (demonstration), "http" posts them to a gateway.
SMS_ADAPTER = os.environ.get("LINLI_SMS", "outbox")
SMS_GATEWAY = os.environ.get("LINLI_SMS_GATEWAY", "")
SMS_KEY = os.environ.get("LINLI_SMS_KEY", "")
# How many text messages a day the site may pay for; beyond it no more are sent until tomorrow.
SMS_DAILY_BUDGET = int(os.environ.get("LINLI_SMS_DAILY_BUDGET", "5000"))
EMAIL_BACKEND = (
    "django.core.mail.backends.locmem.EmailBackend" if DEMONSTRATION else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = os.environ.get("LINLI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LINLI_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LINLI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LINLI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LINLI_EMAIL_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("LINLI_EMAIL_FROM", "linli@localhost")
# How this site is called from outside: the beginning of every address in a message.
SITE_ADDRESS = os.environ.get("LINLI_SITE", "http://127.0.0.1:8000").rstrip("/")
# Hosts that webhooks may speak to; without any, none is spoken to.
WEBHOOK_HOSTS = [host for host in os.environ.get("LINLI_WEBHOOK_HOSTS", "").split(",") if host]

# Whether `linli serve` does by itself what falls due every minute and every hour; 0 for a site with timers of its own.
CLOCK = os.environ.get("LINLI_CLOCK", "1") == "1"
# Public pages each process keeps ready, in bytes; 0 keeps none.
KEPT_PAGES_BYTES = int(os.environ.get("LINLI_KEPT_PAGES_MB", "64")) * 1024 * 1024
# Figures over much are not counted again at once; how long is said in linli/web/shared/counting.py.
HOLD_FIGURES = os.environ.get("LINLI_HOLD_FIGURES", "1") == "1"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
