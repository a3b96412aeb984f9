"""Readings of meters, at a move or between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from leases.homes.models import Meter, Occupancy
from leases.inspections.models import Inspection, Reading
from leases.inspections.services.common import FIXED, locked, require_write
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.rules.days import refuse_future


@transaction.atomic
def record_reading(
    meter: Meter, value: Decimal, *, on: date, today: date, inspection: Inspection | None = None
) -> Reading:
    """Record what a meter shows (lukeman kirjaaminen), with an inspection or without one.

    It belongs to the lease by which the flat is let on the day; of an inspection to its lease.
    Raises ValidationError: a day to come or outside the meter's time, a meter of another flat,
    or a value against the order of the others. A changed meter is a meter of its own.
    """
    require_write()
    refuse_future("read_on", on, today)
    if on < meter.installed_on or (meter.removed_on is not None and on > meter.removed_on):
        text = _("Mittari ei ollut tänä päivänä asennettuna.")
        raise ValidationError({"read_on": text}, code="not_installed")
    of_lease = let_by(meter, on)
    if inspection is not None:
        row = locked(inspection)
        if row.flat_id != meter.flat_id:
            raise ValidationError(_("Mittari on toisen huoneiston."), code="other_flat")
        of_lease = row.lease_id
    reading = Reading(
        meter=meter, value=value, read_on=on, lease_id=of_lease, inspection=inspection,
        recorded_by_id=current().actor.user_id,
    )  # fmt: skip
    reading.full_clean(exclude=["meter", "lease", "inspection", "recorded_by"])
    with constraint_errors(Reading, FIXED):
        reading.save(force_insert=True)
    return reading


def let_by(meter: Meter, on: date) -> int | None:
    """By which lease the flat of a meter is let on the day; None between tenancies."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    found = Occupancy.objects.filter(lasting, flat=meter.flat_id, valid_from__lte=on)
    return found.values_list("lease", flat=True).first()


@transaction.atomic
def drop_reading(reading: Reading) -> None:
    """Take out a reading that was written wrong (lukeman poisto). Raises ValidationError for that
    of a signed inspection."""
    require_write()
    if reading.inspection is not None:
        locked(reading.inspection)
    reading.delete()
