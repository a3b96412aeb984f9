"""Rooms gone through, remarks and pictures."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leases.inspections import queries, services
from leases.inspections.forms import (
    ChangeRemarkForm,
    PhotoForm,
    RemarkForm,
    RoomForm,
    of_remark,
)
from leases.inspections.models import Remark, Room
from leases.inspections.pictures import MIME
from leases.inspections.rules import Cause, Kind
from leases.inspections.views.common import (
    METHODS,
    PURPOSES,
    READ,
    WRITE,
    inspection_form,
    page_of,
    row_of,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.pages import act, posted


def _anchor(room: Room) -> str:
    return f"tila-{room.pk}"


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_room(request: HttpRequest, pk: int) -> HttpResponse:
    """A room beside those of the flat's type."""
    row = row_of(pk)
    form = RoomForm(posted(request))
    return inspection_form(
        request, row, form,
        lambda: services.add_room(row.inspection, form.cleaned_data["name"]),
        heading=_("Lisää tila"), done=_("Tila on lisätty."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def check_room(request: HttpRequest, pk: int, room: int) -> HttpResponse:
    """A room has been gone through, or is to be gone through again."""
    row = row_of(pk)
    known = queries.room_of(row.inspection, room)
    return act(
        request, page_of(row.inspection, _anchor(known)),
        lambda: services.check_room(known, checked=not known.checked),
        done=_("Tila on käyty läpi.") if not known.checked else _("Tila on avattu uudelleen."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_remark(request: HttpRequest, pk: int, room: int) -> HttpResponse:
    """A remark in a room, with a picture of it. Both are saved, or neither."""
    row = row_of(pk)
    known = queries.room_of(row.inspection, room)
    usual = {"cause": Cause.WEAR} if row.inspection.kind == Kind.MOVE_IN else {}
    form = RemarkForm(posted(request), request.FILES or None, initial=usual)

    def save() -> Remark:
        return services.add_remark(known, form.details, picture=form.cleaned_data["photo"])

    return inspection_form(
        request, row, form, save, heading=_("Lisää huomautus: %(room)s") % {"room": known.name},
        done=_("Huomautus on kirjattu."), anchor=_anchor(known),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_remark(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Mend a remark."""
    row = row_of(pk)
    known = queries.remark_of(row.inspection, remark)
    form = ChangeRemarkForm(posted(request), initial=of_remark(known))
    return inspection_form(
        request, row, form, lambda: services.change_remark(known, form.details),
        heading=_("Muuta huomautusta: %(room)s") % {"room": known.room.name},
        done=_("Huomautus on tallennettu."), anchor=_anchor(known.room),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def drop_remark(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Take a remark out."""
    row = row_of(pk)
    known = queries.remark_of(row.inspection, remark)
    return act(
        request, page_of(row.inspection, _anchor(known.room)),
        lambda: services.drop_remark(known), done=_("Huomautus on poistettu."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_photo(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """A picture of a remark."""
    row = row_of(pk)
    known = queries.remark_of(row.inspection, remark)
    form = PhotoForm(posted(request), request.FILES or None)
    return inspection_form(
        request, row, form, lambda: services.add_photo(known, form.cleaned_data["photo"]),
        heading=_("Lisää kuva: %(room)s, %(part)s") % {"room": known.room.name, "part": known.part},
        done=_("Kuva on tallennettu."), anchor=_anchor(known.room),
        explain=_("Kuvaa vika, älä ihmisiä äläkä asukkaan tavaroita."),
    )  # fmt: skip


@access(Action.DOWNLOAD, Surface.FILE, purposes=PURPOSES, needs=READ)
@require_safe
def photo(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """A picture; each opening is an event of its own."""
    row = row_of(pk)
    known = queries.photo_of(row.inspection, uuid)
    with known.file.open() as file:
        answer = HttpResponse(file.read(), content_type=MIME)
    day = timezone.localdate(known.added_at).isoformat()
    answer["Content-Disposition"] = f'inline; filename="tarkastuskuva-{day}.jpg"'
    return answer


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def drop_photo(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Remove a picture that should not be kept."""
    row = row_of(pk)
    known = queries.photo_of(row.inspection, uuid)
    return act(
        request, page_of(row.inspection, _anchor(known.remark.room)),
        lambda: services.drop_photo(known), done=_("Kuva on poistettu."),
    )  # fmt: skip
