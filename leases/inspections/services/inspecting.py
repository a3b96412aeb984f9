"""Inspections agreed, done, signed on paper and cancelled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from leases.contracts.models import Lease
from leases.contracts.rules.persons import Role
from leases.contracts.rules.stages import Stage
from leases.homes.models import Equipment, Flat
from leases.inspections import rules
from leases.inspections.models import Inspection, Room
from leases.inspections.rules import Kind
from leases.inspections.services.common import (
    locked,
    plain,
    require_write,
)
from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.documents.registry import LANGUAGES
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future

BALCONY = (Equipment.BALCONY, Equipment.GLAZED)
CONCLUDED = (Stage.COMING, Stage.IN_FORCE, Stage.NOTICE, Stage.ENDED)


@transaction.atomic
def agree(
    lease: Lease, kind: Kind, *, at: datetime, today: date,
    inspector_id: int | None = None, contact: Person | None = None,
) -> Inspection:  # fmt: skip
    """Agree on an inspection (tarkastuksen sopiminen); its rooms follow from the flat.

    Raises ValidationError: the lease is not concluded, does not end though it is a move-out
    inspection, has an open inspection of the kind, or the contact is nobody in it.
    """
    require_write()
    current().require(Group.LEASE, Level.READ)
    known = Lease.objects.select_for_update(of=("self",)).select_related("flat").get(pk=lease.pk)
    if known.stage_on(today) not in CONCLUDED:
        raise ValidationError(_("Tarkastus sovitaan allekirjoitetulle sopimukselle."), code="stage")
    if kind is Kind.MOVE_OUT and known.ends_on is None:
        text = _("Sopimus ei ole päättymässä. Kirjaa ensin irtisanominen tai päättyminen.")
        raise ValidationError({"kind": text}, code="not_ending")
    if contact is not None:
        _refuse_stranger(known, contact)
    row = Inspection(
        lease=known, flat=known.flat, kind=kind, agreed_at=at, inspector_id=inspector_id,
        contact=contact, made_by_id=current().actor.user_id,
    )  # fmt: skip
    row.full_clean(exclude=["lease", "flat", "inspector", "contact", "made_by"])
    with constraint_errors(Inspection):
        row.save(force_insert=True)
    for place, name in enumerate(_rooms_of(known.flat)):
        Room(inspection=row, name=name, place=place).save(force_insert=True)
    return row


def _refuse_stranger(lease: Lease, contact: Person) -> None:
    living = lease.parties.exclude(role__in=[Role.GUARANTOR])
    if not living.filter(person=contact).exists():
        raise ValidationError({"contact": _("Valitse sopimuksen osapuoli.")}, code="stranger")


def _rooms_of(flat: Flat) -> list[str]:
    """Rooms are kept by their Finnish names, whatever the language of the user's screen: records of
    a flat are compared by them."""
    has = set(flat.equipment)
    with override(LANGUAGES[0]):
        return rules.default_rooms(
            flat.rooms, sauna=Equipment.SAUNA in has, balcony=bool(has & set(BALCONY)),
            store=Equipment.STORE in has,
        )  # fmt: skip


@transaction.atomic
def move(inspection: Inspection, *, at: datetime, inspector_id: int | None = None) -> Inspection:
    """Agree on another time, or who inspects (tarkastuksen siirto). Raises ValidationError for one
    that is done."""
    require_write()
    row = locked(inspection)
    _refuse_done(row)
    row.agreed_at, row.inspector_id = at, inspector_id
    row.save(update_fields=["agreed_at", "inspector"])
    return row


@transaction.atomic
def finish(inspection: Inspection, *, on: date, tenant_present: bool, today: date) -> Inspection:
    """The flat has been inspected (tarkastus on tehty). Its record may be mended until it is
    signed. Raises ValidationError for a day to come, and while a room has not been gone through."""
    require_write()
    row = locked(inspection)
    refuse_future("on", on, today)
    _refuse_unseen(row)
    row.done_on, row.tenant_present = on, tenant_present
    with constraint_errors(Inspection):
        row.save(update_fields=["done_on", "tenant_present"])
    return row


def _refuse_unseen(row: Inspection) -> None:
    left = [room.name for room in row.rooms.all() if not room.checked]
    if left:
        raise ValidationError(
            _("Käymättä läpi: %(rooms)s.") % {"rooms": ", ".join(left)}, code="rooms"
        )


@transaction.atomic
def sign(inspection: Inspection, *, on: date, today: date) -> Inspection:
    """Both signed the record on paper (allekirjoitus); from now on nothing of it changes. Raises
    ValidationError for one that is not done, for a day to come or before it was done, and while a
    room that was opened again or added has not been gone through."""
    require_write()
    row = locked(inspection)
    refuse_future("on", on, today)
    if row.done_on is None:
        raise ValidationError(_("Kirjaa ensin, milloin tarkastus tehtiin."), code="not_done")
    _refuse_unseen(row)
    row.signed_on = on
    with constraint_errors(Inspection):
        row.save(update_fields=["signed_on"])
    return row


@transaction.atomic
def cancel(inspection: Inspection, reason: str, *, today: date) -> Inspection:
    """An agreed inspection does not take place (tarkastuksen peruminen). Raises ValidationError
    for one that is done."""
    require_write()
    row = locked(inspection)
    _refuse_done(row)
    row.cancelled_on, row.cancel_reason = today, plain(reason)
    row.save(update_fields=["cancelled_on", "cancel_reason"])
    return row


def _refuse_done(row: Inspection) -> None:
    if row.done_on is not None:
        raise ValidationError(_("Tarkastus on jo tehty."), code="done")


def cancel_with_notice(sender: object, *, lease: Lease, **_more: Any) -> None:
    """A notice was withdrawn: the lease goes on, and nobody moves out to be inspected. What was
    inspected already stays as it was seen."""
    waiting = Inspection.objects.select_for_update(of=("self",)).filter(
        lease=lease, kind=Kind.MOVE_OUT, done_on__isnull=True, cancelled_on__isnull=True
    )
    for row in waiting:
        row.cancelled_on = timezone.localdate()
        row.cancel_reason = _("Irtisanominen peruttiin")
        row.save(update_fields=["cancelled_on", "cancel_reason"])
