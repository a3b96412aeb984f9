"""Settings. Every value that differs between installations comes from the environment.

A process runs with one database role, named by VUOKRA_PROCESS: `app` (web and worker), `owner`
(migrations), `sealer`, `auditor` (verification) or `retention`. No process holds two.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
if (env_file := VAR_DIR / "env").exists():
    environ.Env.read_env(str(env_file))

DEMO = env.bool("VUOKRA_DEMO", default=False)
DEBUG = env.bool("VUOKRA_DEBUG", default=False)
SECRET_KEY = env.str("VUOKRA_SECRET_KEY")
ALLOWED_HOSTS = ["*"] if DEMO else env.list("VUOKRA_HOSTS", default=[])

PROCESS = env.str("VUOKRA_PROCESS", default="app")
PROCESS_DATABASES = {
    "app": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "sealer": "DATABASE_SEALER_URL",
    "auditor": "DATABASE_AUDITOR_URL",
    "retention": "DATABASE_RETENTION_URL",
}


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


DATABASES = {
    "default": database(PROCESS_DATABASES[PROCESS]),
    "keys": database("KEYS_DATABASE_URL"),
}
KEYRING = env.str("VUOKRA_KEYRING", default="")
KEYRING_FILE = env.str("VUOKRA_KEYRING_FILE", default=str(VAR_DIR / "keys.json"))
DATABASE_ROUTERS = ["vuokra.crypto.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = ["registry.persons"]
INSTALLED_APPS = [
    "vuokra.db",
    "vuokra.policy",
    "vuokra.access",
    "vuokra.crypto",
    "vuokra.accounts",
    "vuokra.company",
    "vuokra.ui",
    "vuokra.demo",
    *ROOMS,
    "django.contrib.admin",
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
    "vuokra.access.middleware.AccessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vuokra.accounts.actor.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "vuokra.urls"
WSGI_APPLICATION = "vuokra.wsgi.application"
AUTH_USER_MODEL = "vuokra_accounts.User"
AUDITLOG_LOGENTRY_MODEL = "vuokra_access.ChangeEntry"
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
            ],
        },
    },
]

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("suomi")), ("en", _("englanti"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"

# A clerk's fetched field groups are compared with the roles' rights: tests raise, use alarms.
ACCESS_STRICT = env.bool("VUOKRA_ACCESS_STRICT", default=DEBUG)
PROBE_PATHS = frozenset({"/healthz", "/readyz"})
