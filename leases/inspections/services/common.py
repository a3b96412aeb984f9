"""What the acts on inspections share: rights, the row under lock, words for broken constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from leases.inspections.models import Inspection
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIXED: Final[dict[str, StrOrPromise]] = {
    "inspections_fixed": gettext_lazy("Allekirjoitettu tai peruttu tarkastus ei muutu."),
    "inspections_reading_one": gettext_lazy("Mittarin lukema on jo kirjattu tältä päivältä."),
    "inspections_reading_order": gettext_lazy(
        "Lukema on pienempi kuin edellinen tai suurempi kuin seuraava. Jos mittari on vaihdettu, "
        "kirjaa ensin uusi mittari huoneiston sivulla."
    ),
}


def require_write() -> None:
    """The right to inspect. Raises FunctionDenied."""
    current().require(Group.MAINTENANCE, Level.WRITE)


def locked(inspection: Inspection) -> Inspection:
    """The inspection as it is now, kept from others until the transaction ends. Raises
    ValidationError when it does not change any more."""
    row = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if not row.open:
        raise ValidationError(FIXED["inspections_fixed"], code="inspections_fixed")
    return row


def plain(text: str) -> str:
    """Free text as it is stored. Raises ValidationError for an identity code in it."""
    cleaned = clean_text(text)
    refuse_hetu_in_text(cleaned)
    return cleaned
