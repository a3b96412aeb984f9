"""As the baseline, with django-auditlog's `accessed` signal for every instance shown."""

from bench.settings import *  # noqa: F403
from bench.settings import MIDDLEWARE as BASELINE_MIDDLEWARE

MIDDLEWARE = [
    "bench.accessed.AccessedMiddleware" if name.startswith("bench.") else name
    for name in BASELINE_MIDDLEWARE
]
