"""Signatures; with the last of them a lease is concluded. Who lives there, later."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from leases.contracts.models import DayOf, Lease, Party
from leases.contracts.rules.stages import Stage
from leases.contracts.rules.terms import Nature, Term, nature
from leases.contracts.services.common import (
    TAKEN,
    locked,
    numbers_of,
    refuse_overlap,
    require_stage,
    require_write,
)
from leases.contracts.services.late import note_day
from vuokra.db.constraints import constraint_errors
from vuokra.rules.days import refuse_future
from vuokra.rules.services import note_use

concluded = Signal()
"""Everybody has signed a lease. Sent with `lease` and `today` when it is saved; a room whose ground
for the lease has gone raises ValidationError, and it is not concluded."""


@transaction.atomic
def sign(party: Party, *, on: date, today: date, reason: str = "") -> Lease:
    """A party has signed (allekirjoitus); the last signature concludes the lease.

    `reason` tells why the day is entered late, as `late.note_day` asks it. Raises ValidationError
    without it, for a day to come, for one who does not sign or has signed, and when the
    flat has been let to others meanwhile: that message names the lease.
    """
    require_write()
    lease = locked(party.lease)
    require_stage(lease, today, Stage.WAITING)
    row = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    if not row.signs:
        raise ValidationError(_("Tämä osapuoli ei allekirjoita sopimusta."), code="no_signer")
    if row.signed_on is not None:
        raise ValidationError(_("Osapuoli on jo allekirjoittanut."), code="signed")
    refuse_future("on", on, today)
    row.signed_on = on
    row.save(update_fields=["signed_on"])
    concluded_on = _signed_by_all(lease)
    note_day(lease, DayOf.SIGNATURE, on, reason, today=today, concluded_on=concluded_on)
    return lease if concluded_on is None else _conclude(lease, concluded_on, today)


def _signed_by_all(lease: Lease) -> date | None:
    """The day of the last signature; None while somebody has not signed."""
    days = [party.signed_on for party in lease.parties.all() if party.signs]
    signed = [day for day in days if day is not None]
    return max(signed) if signed and len(signed) == len(days) else None


def _conclude(lease: Lease, concluded_on: date, today: date) -> Lease:
    """Conclude a lease that everybody has signed. What kind it is follows from the law of the day:
    a short term too many is open-ended (AHVL 4 §)."""
    known = kind_of(lease, concluded_on)
    lease.kind, lease.concluded_on = known.kind, concluded_on
    refuse_overlap(lease.flat, lease.starts_on, lease.ends_on, but=lease.pk)
    with constraint_errors(Lease, TAKEN):
        lease.save(update_fields=["kind", "concluded_on"])
    note_use(*known.why)
    concluded.send(Lease, lease=lease, today=today)
    return lease


def kind_of(lease: Lease, concluded_on: date) -> Nature:
    """Whether the lease is fixed or open-ended, with the terms that the same tenants had in the
    same flat before it (TEN-K33). Raises RuleMissing."""
    tenants = [party.person_id for party in lease.parties.all() if party.signs]
    earlier = (
        Lease.objects.filter(
            flat_id=lease.flat_id, concluded_on__isnull=False, cancelled_on__isnull=True,
            starts_on__lt=lease.starts_on, parties__person__in=tenants,
        )
        .exclude(pk=lease.pk)
        .distinct()
    )  # fmt: skip
    if lease.term_ends_on is None:
        return nature(numbers_of(concluded_on), Term(lease.starts_on))
    return nature(
        numbers_of(concluded_on),
        Term(lease.starts_on, lease.term_ends_on),
        earlier=[Term(one.starts_on, one.term_ends_on) for one in earlier],
    )


@transaction.atomic
def end_party(party: Party, *, on: date, today: date) -> Party:
    """Somebody does not live there any more (osapuolen päättyminen); `on` is the last day. A tenant
    or guarantor stays bound until the lease ends: raises ValidationError for one."""
    require_write()
    lease = locked(party.lease)
    require_stage(lease, today, Stage.COMING, Stage.IN_FORCE, Stage.NOTICE)
    if party.signs:
        raise ValidationError(
            _("Vuokralainen ja takaaja ovat sopimuksessa sen loppuun asti."), code="bound"
        )
    party.valid_to = on
    party.full_clean(exclude=["lease", "person"])
    party.save(update_fields=["valid_to"])
    return party
