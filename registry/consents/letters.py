"""The letter that confirms what a person decided (vahvistuskirje): after a consent by telephone, or
an objection, so that the person can see that it was understood (11.3)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.consents import queries
from registry.persons.models import Person
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

KEY = "consents.confirmation"


def data(document: Document) -> Data:
    """Receiver, customer number and how the person stands to everything; four statements."""
    today = timezone.localdate()
    person = Person.objects.filter(pk=document.subject_id or 0).first()
    if person is None:
        raise NotMade(Fault.DATA)
    return {
        "receiver": letter_address(person.pk, today).required(),
        "number": str(person.customer_number),
        "states": [
            [
                str(use.use.label),
                str(one.cell.channel.label),
                str(one.chip.word),
                formatting.date(one.decision.decided_on) if one.decision else "",
            ]
            for use in queries.overview(person, today=today)
            for one in use.cells
        ],
    }


KIND = Kind(
    key=KEY,
    title=_("Markkinointi ja kyselyt: mitä kirjasimme"),
    group=Group.CONSENT,
    item="MU-LUPA",
    templates="registry/consents/confirmation.typ",
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
        purpose=current().purpose or Purpose.OIKEUDET,
    )
