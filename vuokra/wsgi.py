"""The WSGI application that gunicorn serves.

It does not start with an unclassified column, nor on settings that read past the access log.
"""

import os

from django.core.wsgi import get_wsgi_application

from vuokra.db.checks import require_guarded
from vuokra.policy.checks import require_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuokra.settings")
application = get_wsgi_application()
require_guarded()
require_complete()
