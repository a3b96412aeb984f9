"""Whether the landlord may rescind a lease, and what became of warnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from leases.contracts.models import Lease, Notice
from leases.contracts.rules.notice import Document
from leases.contracts.rules.rescission import (
    OF_ROOMS,
    Block,
    Conduct,
    Ground,
    WrittenWarning,
    judge,
)
from leases.contracts.services.common import locked, numbers_of, require_write
from registry.persons.queries import in_force
from vuokra.db.constraints import constraint_errors
from vuokra.rules.services import note_use

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: Final[Mapping[Block, str]] = {
    Block.MINOR: "significant",
    Block.NO_WARNING: "breach",
    Block.NOT_SINCE: "happened_on",
    Block.RECTIFIED: "breach",
    Block.ARREARS: "unpaid_eur",
    Block.ENDED: "goes_on",
    Block.NO_DEPOSIT: "breach",
    Block.DEPOSIT_NOT_DUE: "happened_on",
    Block.DEPOSIT_GIVEN: "breach",
}
"""At which field of the form each obstacle is told."""

Obstacles = Callable[[Lease, date], Collection[Block]]
_of_rooms: dict[Ground, Obstacles] = {}


def let_judge(ground: Ground, obstacles: Obstacles) -> None:
    """Let the room that keeps the facts of a ground tell what stands in the way of a rescission on
    a day. Called from `AppConfig.ready`."""
    _of_rooms[ground] = obstacles


def refuse_blocked(lease: Lease, conduct: Conduct, on: date, *, field: str = "") -> None:
    """Raises ValidationError that tells what stands in the way of a rescission on a day (AHVL 8,
    61 and 62 §), at the field concerned or at the one given; and RuleMissing."""
    if conduct.happened_on > on:
        text = _("Menettely ei voi olla purkamisen jälkeen.")
        raise ValidationError({field or "happened_on": text}, code="day")
    if conduct.ground == Ground.PAYMENT and conduct.unpaid is None:
        raise ValidationError({field or "unpaid_eur": _("Kirjoita maksamaton vuokra.")})
    month = _month_rent(lease, on) if conduct.ground == Ground.PAYMENT else None
    verdict = judge(
        numbers_of(lease.concluded_on), replace(conduct, month_rent=month), _warnings(lease), on
    )
    blocks = list(verdict.blocks)
    if conduct.ground in OF_ROOMS:
        blocks += _of_rooms[conduct.ground](lease, on)
    if blocks:
        told: dict[str, list[ValidationError]] = defaultdict(list)
        for block in blocks:
            obstacle = ValidationError(f"{block.label}.", code=block.value)
            told[field or FIELDS[block]].append(obstacle)
        raise ValidationError(told)
    note_use(*verdict.why)


def conduct_of(notice: Notice) -> Conduct:
    """The conduct by which a recorded rescission was judged. What is minor is never recorded."""
    if notice.happened_on is None:
        raise ValueError("a rescission tells when the conduct happened")
    return Conduct(
        ground=Ground(notice.breach), happened_on=notice.happened_on, extreme=notice.extreme,
        goes_on=notice.goes_on, unpaid=notice.unpaid_eur,
    )  # fmt: skip


def _month_rent(lease: Lease, on: date) -> Decimal:
    """What a month costs on a day, euros."""
    day = max(on, lease.starts_on)
    parts = lease.components.filter(in_force(day))
    return sum((part.month_eur for part in parts), Decimal("0.00"))


def _warnings(lease: Lease) -> list[WrittenWarning]:
    papers = lease.notices.filter(document=Document.WARNING, withdrawn_on__isnull=True)
    return [
        WrittenWarning(Ground(one.breach), one.served_on, one.rectified_on)
        for one in papers
        if one.breach
    ]


@transaction.atomic
def rectify(warning: Notice, *, on: date, today: date) -> Notice:
    """A tenant who was warned put matters right (menettelyn oikaisu, AHVL 62 § 2 mom.): on that
    warning alone the lease is no longer rescinded, unless disturbance is repeated. Raises
    ValidationError for a paper that is no served warning, and for a day before its service."""
    require_write()
    locked(warning.lease)
    row = Notice.objects.select_for_update(of=("self",)).get(pk=warning.pk)
    if row.document != Document.WARNING or row.served_on is None or row.withdrawn_on is not None:
        raise ValidationError(_("Asiakirja ei ole voimassa oleva varoitus."), code="no_warning")
    if on > today or on < row.served_on:
        raise ValidationError({"on": _("Tarkista päivä.")}, code="day")
    row.rectified_on = on
    with constraint_errors(Notice):
        row.save(update_fields=["rectified_on"])
    return row
