"""The WSGI application that gunicorn serves. It does not start with an unclassified column."""

import os

from django.core.wsgi import get_wsgi_application

from vuokra.policy.checks import require_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuokra.settings")
application = get_wsgi_application()
require_complete()
