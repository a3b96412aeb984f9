"""Telling the registrar of an opened detail. The argument is the person's id and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_tasks import task

from registry.persons.models import Person
from registry.protection import queries
from vuokra.access.codes import Surface
from vuokra.access.context import current
from vuokra.access.tasks import accessing
from vuokra.policy.roles import Purpose


@task()
@accessing(purpose=Purpose.VALVONTA, surface=Surface.MAIL)
def tell_registrar(person_id: int) -> None:
    """Mail to every registrar that a protected detail, or a page that tells the home, was opened:
    the customer number, no more.

    Without mail settings or an address nothing leaves; the access log and the log viewer tell.
    """
    recipients = queries.registrars_mail() if settings.VUOKRA_MAIL else []
    if not recipients:
        current().note("mail", "nobody to tell")
        return
    person = Person.objects.only("customer_number").get(pk=person_id)
    text = _(
        "Asiakkaan %(number)s suojattuja tietoja on avattu. Avaaja, aika ja peruste: käyttöloki."
    )
    send_mail(
        _("Vuokra: suojattu tieto avattu"), text % {"number": person.customer_number}, None,
        recipients,
    )  # fmt: skip
