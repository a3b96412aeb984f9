"""Telling the registrar and the log auditor of a break-glass. The argument is its id alone."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from registry.watch.queries import glass as queries
from vuokra.access.codes import Surface
from vuokra.access.context import current
from vuokra.access.tasks import accessing
from vuokra.policy.roles import Purpose
from vuokra.ui.formatting import date


@task()
@accessing(purpose=Purpose.VALVONTA, surface=Surface.MAIL)
def tell_watchers(glass_id: int) -> None:
    """Mail to every registrar and log auditor: that there is one, and until when to review it.

    Whose record and who opened it stand in the system alone. Without mail settings nothing leaves;
    the row in the work queue tells.
    """
    recipients = queries.watchers_mail(timezone.localdate()) if settings.VUOKRA_MAIL else []
    if not recipients:
        current().note("mail", "nobody to tell")
        return
    glass = queries.glass_of(glass_id)
    text = _(
        "Hätäkatselu nro %(number)s on avattu. Katselmoi se viimeistään %(day)s työjonosta."
    ) % {"number": glass_id, "day": date(queries.review_due(glass.opened_at))}
    send_mail(_("Vuokra: hätäkatselu avattu"), text, None, recipients)
