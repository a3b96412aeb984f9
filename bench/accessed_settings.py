"""As the baseline, with django-auditlog's `accessed` signal for every instance shown."""

from bench.settings import *  # noqa: F403
from bench.settings import DATABASE_ROUTERS as PRODUCT_ROUTERS
from bench.settings import DATABASES as BASELINE_DATABASES
from bench.settings import MIDDLEWARE as BASELINE_MIDDLEWARE

# Row-level security asks for an access id when the new entry's number is read back.
NAMED = {"options": "-c vuokra.access_id=bench -c vuokra.actor=bench"}

DATABASES = BASELINE_DATABASES | {"log": BASELINE_DATABASES["default"] | {"OPTIONS": NAMED}}
DATABASE_ROUTERS = ["bench.accessed.LogRouter", *PRODUCT_ROUTERS]
MIDDLEWARE = [
    "bench.accessed.AccessedMiddleware" if name.startswith("bench.") else name
    for name in BASELINE_MIDDLEWARE
]
