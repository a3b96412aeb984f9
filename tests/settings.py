"""Settings of the tests: the product's, and an app that only tests use."""

from vuokra.settings import *  # noqa: F403
from vuokra.settings import INSTALLED_APPS as PRODUCT_APPS

INSTALLED_APPS = [*PRODUCT_APPS, "tests.prototype"]
WHITENOISE_AUTOREFRESH = True  # no collectstatic before a test
SECURE_SSL_REDIRECT = False  # the test client speaks plain http; a test of its own turns it on
VUOKRA_SECOND_FACTOR = False  # tests of the second factor turn it on
