"""Keys handed over and taken back; meters put in and taken out."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leases.homes.models import Handover, Key, Meter
from leases.homes.services.stock import checked_save
from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future


def save_key(row: Key) -> Key:
    """Record a key or change it (avain). Raises ValidationError."""
    return checked_save(row, texts=("serial",))


def give_key(key: Key, person: Person, *, on: date, today: date) -> Handover:
    """Hand a key over to a person (avaimen luovutus). Raises ValidationError when somebody has it,
    it is lost, or the day is to come."""
    current().require(Group.LEASE, Level.WRITE)
    refuse_future("given_on", on, today)
    if key.lost_on is not None:
        raise ValidationError(_("Avain on kirjattu kadonneeksi."), code="lost")
    row = Handover(key=key, person=person, given_on=on, given_by_id=current().actor.user_id)
    with constraint_errors(Handover):
        row.save(force_insert=True)
    return row


def return_key(row: Handover, *, on: date, today: date) -> Handover:
    """A key came back (avaimen palautus). Raises ValidationError for a day to come, before it was
    given, and when it is back already."""
    current().require(Group.LEASE, Level.WRITE)
    refuse_future("returned_on", on, today)
    if row.returned_on is not None:
        raise ValidationError(_("Avain on jo palautettu."), code="returned")
    row.returned_on = on
    with constraint_errors(Handover):
        row.save(update_fields=["returned_on"])
    return row


def lose_key(key: Key, *, on: date, today: date) -> Key:
    """A key is lost (avaimen katoaminen): who had it still owes it, and nobody gets it any more.
    Raises ValidationError for a day to come."""
    refuse_future("lost_on", on, today)
    key.lost_on = on
    return checked_save(key)


def save_meter(row: Meter, *, today: date) -> Meter:
    """A meter is put in (mittarin asennus). Raises ValidationError."""
    refuse_future("installed_on", row.installed_on, today)
    return checked_save(row, texts=("serial",))


def remove_meter(row: Meter, *, on: date, today: date) -> Meter:
    """A meter is taken out (mittarin poisto). Raises ValidationError."""
    refuse_future("removed_on", on, today)
    row.removed_on = on
    return checked_save(row)
