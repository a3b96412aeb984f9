"""What is seen in the rooms: rooms, remarks and pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass, fields
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from leases.inspections.models import Inspection, Photo, Remark, Room
from leases.inspections.pictures import Picture
from leases.inspections.rules import Agreed, Cause, Condition, NextAction
from leases.inspections.services.common import locked, plain, require_write
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkDetails:
    """What a remark says; see `models.Remark`."""

    part: str
    condition: Condition
    cause: Cause
    text: str = ""
    estimate_eur: Decimal | None = None
    agreed: Agreed = Agreed.UNKNOWN
    next_action: NextAction = NextAction.NONE


@transaction.atomic
def add_room(inspection: Inspection, name: str) -> Room:
    """A room that the flat's type does not tell (tila). Raises ValidationError."""
    require_write()
    row = locked(inspection)
    last = row.rooms.aggregate(last=Max("place"))["last"]
    room = Room(inspection=row, name=plain(name), place=0 if last is None else last + 1)
    room.full_clean(exclude=["inspection"])
    with constraint_errors(Room):
        room.save(force_insert=True)
    return room


@transaction.atomic
def check_room(room: Room, *, checked: bool = True) -> Room:
    """The room has been gone through, or must be again (tila on käyty läpi). Raises
    ValidationError."""
    require_write()
    locked(room.inspection)
    room.checked = checked
    room.save(update_fields=["checked"])
    return room


@transaction.atomic
def add_remark(room: Room, details: RemarkDetails, *, picture: Picture | None = None) -> Remark:
    """Record a remark on a part of a room, with a picture of it (huomautus); the room has been
    looked at then. Raises ValidationError, nothing of it saved."""
    require_write()
    locked(room.inspection)
    row = _written(Remark(room=room, recorded_by_id=current().actor.user_id), details)
    row.save(force_insert=True)
    if not room.checked:
        room.checked = True
        room.save(update_fields=["checked"])
    if picture is not None:
        _keep(row, picture)
    return row


@transaction.atomic
def change_remark(remark: Remark, details: RemarkDetails) -> Remark:
    """Mend a remark before the record is signed (huomautuksen korjaus). Raises ValidationError."""
    require_write()
    locked(remark.room.inspection)
    row = _written(remark, details)
    row.save()
    return row


def _written(row: Remark, details: RemarkDetails) -> Remark:
    for one in fields(details):
        setattr(row, one.name, getattr(details, one.name))
    row.part, row.text = plain(details.part), plain(details.text)
    row.full_clean(exclude=["room", "recorded_by"])
    return row


@transaction.atomic
def drop_remark(remark: Remark) -> None:
    """Take a remark out with its pictures (huomautuksen poisto). Raises ValidationError."""
    require_write()
    locked(remark.room.inspection)
    for photo in remark.photos.all():
        _discard(photo)
    remark.delete()


@transaction.atomic
def add_photo(remark: Remark, picture: Picture) -> Photo:
    """Keep a picture of a remark (valokuva). Raises ValidationError."""
    require_write()
    locked(remark.room.inspection)
    return _keep(remark, picture)


@transaction.atomic
def drop_photo(photo: Photo) -> None:
    """Remove a picture that should not be kept (valokuvan poisto). Raises ValidationError."""
    require_write()
    locked(photo.remark.room.inspection)
    _discard(photo)


def _keep(remark: Remark, picture: Picture) -> Photo:
    row = Photo(
        remark=remark, width=picture.width, height=picture.height, size=len(picture.content),
        added_by_id=current().actor.user_id,
    )  # fmt: skip
    row.file.save("", File(io.BytesIO(picture.content)), save=False)
    row.save(force_insert=True)
    return row


def _discard(photo: Photo) -> None:
    name, storage = str(photo.file.name), photo.file.storage
    photo.delete()
    transaction.on_commit(lambda: storage.delete(name))
