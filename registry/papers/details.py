"""The letter that asks a customer to check the contact details in the register (tarkistuskirje).

Article 5(1)(d): data are kept accurate. It goes to the address of `letter_address`, and shows only
what the register tells of a person openly: under turvakielto that is the contact address.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.persons.models import ContactPoint, Person
from registry.persons.queries.reading import in_force
from registry.protection.letters import letter_address
from vuokra.access.context import current
from vuokra.accounts.models import User
from vuokra.documents import services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting

KEY = "papers.details"


def data(document: Document) -> Data:
    """Receiver, customer number and contact points in force; four statements."""
    today = timezone.localdate()
    person = Person.objects.filter(pk=document.subject_id or 0).first()
    if person is None:
        raise NotMade(Fault.DATA)
    points = ContactPoint.objects.filter(in_force(today), person=person)
    return {
        "receiver": letter_address(person.pk, today).required(),
        "number": str(person.customer_number),
        "points": [[point.get_kind_display(), _shown(point)] for point in points],
    }


def _shown(point: ContactPoint) -> str:
    return formatting.phone(point.value) if point.kind == "phone" else point.value


KIND = Kind(
    key=KEY,
    title=_("Tarkista yhteystietosi"),
    group=Group.CONTACT,
    item="PT-OSOITE",
    templates="registry/papers/details.typ",
    data=data,
)


def order(person: Person, *, by: User | None) -> Document:
    """Order the letter in the person's language. Raises FunctionDenied as `services.order`."""
    return services.order(
        KEY,
        subjects=[person.pk],
        language=KIND.spoken(person.language),
        reference="",
        by=by,
        purpose=current().purpose or Purpose.VALVONTA,
    )
