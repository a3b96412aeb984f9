"""Settings. Every value that differs between installations comes from the environment.

A process runs with one database role, named by VUOKRA_PROCESS: `app` (web and worker), `owner`
(migrations), `sealer`, `auditor` (verification) or `retention`. No process holds two.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from vuokra.commands import LOG_PROCESSES, URL_OF, VAR_DIR

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (env_file := VAR_DIR / "env").exists():
    environ.Env.read_env(str(env_file))

DEMO = env.bool("VUOKRA_DEMO", default=False)
DEBUG = env.bool("VUOKRA_DEBUG", default=False)
PROCESS = env.str("VUOKRA_PROCESS", default="app")
SEES_LOG_ONLY = PROCESS in LOG_PROCESSES
SECRET_KEY = env.str("VUOKRA_SECRET_KEY", default="" if SEES_LOG_ONLY else env.NOTSET)
ALLOWED_HOSTS = ["*"] if DEMO else env.list("VUOKRA_HOSTS", default=[])


def database(variable: str) -> dict[str, Any]:
    """The Django database entry for the address in the environment variable."""
    config = dict(env.db_url(variable))
    config["ENGINE"] = "vuokra.db"
    config["CONN_MAX_AGE"] = 600
    if socket_dir := config.get("OPTIONS", {}).pop("host", None):  # dbshell reads HOST only
        config["HOST"] = socket_dir
    if port := config.get("OPTIONS", {}).pop("port", None):
        config["PORT"] = port
    return config


DATABASES = {"default": database(URL_OF[PROCESS])}
if not SEES_LOG_ONLY:
    DATABASES["keys"] = database("KEYS_DATABASE_URL")
KEYRING = env.str("VUOKRA_KEYRING", default="")
KEYRING_FILE = env.str("VUOKRA_KEYRING_FILE", default=str(VAR_DIR / "keys.json"))
DEFAULT_EXCEPTION_REPORTER = "vuokra.crypto.reports.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "vuokra.crypto.reports.ReportFilter"
DATABASE_ROUTERS = ["vuokra.crypto.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "registry.retention", "registry.persons", "registry.households", "registry.protection",
    "registry.papers", "registry.consents", "registry.archive",
    "registry.copies", "registry.disclosures", "registry.rights", "registry.duplicates",
    "registry.log", "registry.description", "registry.watch",
    "leases.homes", "leases.contracts", "leases.deposits", "leases.inspections", "leases.doors",
    "applications.intake", "applications.selection", "applications.orders", "applications.credit",
    "applications.supervision",
]  # fmt: skip
INSTALLED_APPS = [
    "vuokra.db",
    "vuokra.policy",
    "vuokra.access",
    "vuokra.crypto",
    "vuokra.accounts",
    "vuokra.company",
    "vuokra.rules",
    "vuokra.ui",
    "vuokra.search",
    "vuokra.desk",
    "vuokra.imports",
    "vuokra.documents",
    "vuokra.demo",
    *ROOMS,
    "vuokra.accounts.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, so that lengths tell no secret
    "vuokra.accounts.headers.HeadersMiddleware",
    "vuokra.accounts.middleware.NetworkMiddleware",
    "vuokra.ui.middleware.MissingRuleMiddleware",
    "vuokra.access.middleware.AccessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vuokra.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vuokra.accounts.middleware.WebSessionMiddleware",
    "vuokra.accounts.actor.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vuokra.accounts.middleware.SecondFactorMiddleware",
    "vuokra.accounts.pace.PaceMiddleware",
]

ROOT_URLCONF = "vuokra.urls"
WSGI_APPLICATION = "vuokra.wsgi.application"
AUTH_USER_MODEL = "vuokra_accounts.User"
AUDITLOG_LOGENTRY_MODEL = "vuokra_access.ChangeEntry"
AUDITLOG_USE_BASE_MANAGER = True  # old values also of rows that a default manager leaves out
MIGRATION_MODULES = {"auditlog": None}  # its own migrations would make an unused log table

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vuokra.company.context_processors.company",
            ],
        },
    },
]

# never in cookies; texts of messages name no person
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("suomi")), ("en", _("englanti"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Helsinki"
FORMAT_MODULE_PATH = ["vuokra.formats"]
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"

# Files are sealed before they are stored; what is uploaded stays in memory until then.
MEDIA_ROOT = VAR_DIR / "files"
FILE_UPLOAD_HANDLERS = ["vuokra.ui.uploads.InMemoryHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# A clerk's fetched field groups are compared with the roles' rights: tests raise, use alarms.
ACCESS_STRICT = env.bool("VUOKRA_ACCESS_STRICT", default=DEBUG)
PROBE_PATHS = frozenset({"/healthz", "/readyz"})

# -- seals of the log --------------------------------------------------------------------------

SEAL_KEY_FILE = Path(env.str("VUOKRA_SEAL_KEY_FILE", default=str(VAR_DIR / "seal-key.pem")))
SEAL_PUBLIC_KEY_FILE = Path(
    env.str("VUOKRA_SEAL_PUBLIC_KEY_FILE", default=str(SEAL_KEY_FILE.with_suffix(".pub.pem")))
)
HEADS_DIR = Path(env.str("VUOKRA_HEADS_DIR", default=str(VAR_DIR / "heads")))
SEAL_SECONDS = env.int("VUOKRA_SEAL_SECONDS", default=60)

# -- sign-in -----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["vuokra.accounts.backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "vuokra.accounts.validators.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {
        "NAME": "vuokra.accounts.validators.MaximumLengthValidator",
        "OPTIONS": {"max_length": 128},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "vuokra.accounts.validators.ContextWordValidator"},
]

ACCOUNT_ADAPTER = "vuokra.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # there is no sign-up; allauth checks the pair
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # e-mail is for the activation link, never a factor
ACCOUNT_SESSION_REMEMBER = False
SIGN_INS = env.int("VUOKRA_SIGN_INS", default=30)  # in a minute from one address
ACCOUNT_RATE_LIMITS = {
    "login": f"{SIGN_INS}/m/ip",
    "login_failed": None,  # counted in the database: vuokra.accounts.throttle
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "vuokra.accounts.forms.LoginForm",
    "reauthenticate": "vuokra.accounts.forms.ReauthenticateForm",
    "change_password": "vuokra.accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "vuokra.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_FORMS = {
    "authenticate": "vuokra.accounts.forms.AuthenticateForm",
    "reauthenticate": "vuokra.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "vuokra.accounts.forms.ActivateTOTPForm",
    "authenticate_webauthn": "vuokra.accounts.forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "vuokra.accounts.forms.ReauthenticateWebAuthnForm",
    "login_webauthn": "vuokra.accounts.forms.LoginWebAuthnForm",
    "add_webauthn": "vuokra.accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "vuokra.accounts.forms.EditWebAuthnForm",
}

VUOKRA_SECOND_FACTOR = env.bool("VUOKRA_SECOND_FACTOR", default=not DEMO)
VUOKRA_ACTIVATION_EXPIRES = timedelta(hours=env.int("VUOKRA_ACTIVATION_HOURS", default=72))
VUOKRA_IDLE_WARNING = timedelta(minutes=13)
VUOKRA_IDLE_COVER = timedelta(minutes=15)
VUOKRA_SESSION_IDLE = timedelta(minutes=30)
VUOKRA_SESSION_LONGEST = timedelta(hours=10)

# -- mail: activation links, and that a protected detail was opened -------------------------------

VUOKRA_MAIL = "VUOKRA_EMAIL_URL" in env.ENVIRON
if VUOKRA_MAIL:
    vars().update(env.email_url("VUOKRA_EMAIL_URL"))
VUOKRA_MAIL_TRANSPORT = globals().get(
    "EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
)
EMAIL_BACKEND = "vuokra.access.mail.RecordingBackend"  # mail leaves inside an access context only
DEFAULT_FROM_EMAIL = env.str("VUOKRA_EMAIL_FROM", default="vuokra@localhost")

# -- headers, cookies, networks -------------------------------------------------------------------

VUOKRA_NETWORKS: list[str] = env.list("VUOKRA_NETWORKS", default=[])
VUOKRA_TRUSTED_PROXIES: list[str] = env.list("VUOKRA_TRUSTED_PROXIES", default=[])
if VUOKRA_TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_REFERRER_POLICY = "same-origin"  # no-referrer would make browsers send `Origin: null`
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 0 if DEMO else 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_SSL_REDIRECT = env.bool("VUOKRA_TLS_REDIRECT", default=not DEMO)
SECURE_REDIRECT_EXEMPT = [rf"^{path.lstrip('/')}$" for path in PROBE_PATHS]
SESSION_ENGINE = "vuokra.accounts.store"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_NAME = "vuokra_session" if DEMO else "__Host-vuokra_session"
CSRF_COOKIE_NAME = "vuokra_csrf" if DEMO else "__Host-vuokra_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 11 * 3600  # past VUOKRA_SESSION_LONGEST, which ends and records the session
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -- the server's own log -------------------------------------------------------------------------

# Lines name places and kinds of faults, never a message of an exception or a value.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "vuokra.crypto.reports.BareFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # an address that does not exist may hold anything
        "django.db.backends": {"level": "WARNING"},  # statements carry values
    },
}
