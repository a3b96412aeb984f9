"""Settings of the tests: the product's, and an app that only tests use."""

from vuokra.settings import *  # noqa: F403
from vuokra.settings import INSTALLED_APPS as PRODUCT_APPS

INSTALLED_APPS = [*PRODUCT_APPS, "tests.prototype"]
