"""The baseline of the read audit: the product without its tap and without access events.

Middleware, web session, transaction and row-level security are the same. Start-up accepts these
settings only for databases named `bench_*` (`vuokra.db.checks`).
"""

from vuokra.settings import *  # noqa: F403
from vuokra.settings import DATABASES as PRODUCT_DATABASES
from vuokra.settings import MIDDLEWARE as PRODUCT_MIDDLEWARE

DATABASES = {
    alias: config | {"ENGINE": "bench.plain"} for alias, config in PRODUCT_DATABASES.items()
}
MIDDLEWARE = [
    "bench.baseline.NoEventMiddleware"
    if name == "vuokra.access.middleware.AccessMiddleware"
    else name
    for name in PRODUCT_MIDDLEWARE
]
