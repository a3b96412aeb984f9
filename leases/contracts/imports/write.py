"""Writing the leases of a file in bulk: drawn up, filled, and then concluded and ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from leases.contracts.imports.check import follows
from leases.contracts.imports.rows import ImportedLease
from leases.contracts.models import Component, ComponentKind, Lease, Party
from leases.contracts.models.parties import SIGNING
from leases.contracts.rules.terms import Kind
from registry.persons.models import Source
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.db.bulk import batches, insert_many, update_many
from vuokra.imports.registry import Plan, Stage, Tell

BATCH = 500


def write(plan: Plan[ImportedLease], tell: Tell) -> list[int]:
    """Record every lease that is new; the people in them."""
    people: set[int] = set()
    done = 0
    before: tuple[ImportedLease, Lease] | None = None
    tell(Stage.WRITE, 0, len(plan.new))
    with bulk_write("import of leases"):
        for batch in batches(plan.new, BATCH):
            before = _write(batch, before)
            people |= {person for one in batch for _role, person in one.parties}
            done += len(batch)
            tell(Stage.WRITE, done, len(plan.new))
    return sorted(people)


def _write(
    batch: Sequence[ImportedLease], before: tuple[ImportedLease, Lease] | None
) -> tuple[ImportedLease, Lease]:
    """A batch, which may go on from the last lease of the one before; its own last lease. A lease
    is filled while it is a draft, then signed: what is signed does not change."""
    rows = [_lease(one) for one in batch]
    Lease.objects.bulk_create(rows)
    pairs = list(zip(batch, rows, strict=True))
    insert_many([party for one, row in pairs for party in _parties(one, row)])
    insert_many([part for one, row in pairs for part in _components(one, row)])
    now = timezone.now()  # the parts were there before
    for one, row in pairs:
        row.ready_at, row.concluded_on, row.last_day = now, one.concluded_on, one.last_day
        if before is not None and follows(one, before[0]):
            row.previous = before[1]
        before = (one, row)
    update_many(rows, ["ready_at", "concluded_on", "last_day", "previous"])
    return batch[-1], rows[-1]


def _lease(one: ImportedLease) -> Lease:
    return Lease(
        flat_id=one.flat_id, starts_on=one.starts_on, term_ends_on=one.term_ends_on,
        first_notice_on=one.first_notice_on, made_by_id=current().actor.user_id,
        kind=Kind.OPEN_ENDED if one.open_ended else Kind.FIXED_TERM, **one.terms,
    )  # fmt: skip


def _parties(one: ImportedLease, row: Lease) -> Iterator[Party]:
    for role, person in one.parties:
        yield Party(
            lease=row, person_id=person, role=role, source=Source.LEASE,
            valid_from=one.starts_on, signed_on=one.concluded_on if role in SIGNING else None,
        )  # fmt: skip


def _components(one: ImportedLease, row: Lease) -> Iterator[Component]:
    for kind, price in one.prices.items():
        quantity = one.persons if kind == ComponentKind.WATER_PERSON else 1
        yield Component(
            lease=row, kind=kind, price_eur=price, quantity=quantity, valid_from=one.priced_from
        )
