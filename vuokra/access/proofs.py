"""Proofs that log rows stand under signed heads: one row, or all that concern some persons.

A proof of one row holds the row's bytes. What is handed to a data subject holds the row's hash
instead: an event names the member of staff, the work station and other persons too, and those are
not the reader's. The hash cannot be guessed back (every row has a random id), and the company can
show the row to whoever may see it: it must give the same hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from vuokra.access import merkle, verifier
from vuokra.access.stated import raw_sql
from vuokra.access.verifier import FORMS, NEWEST, SEALS, seal_from

EVENTS = "vuokra_access_event"
CLOSE = 3
"""Seals named together when a row's own is sought: nearly always it is the first."""
BATCH = 50
"""Seals held in memory at once."""
NEAR = 20
"""How many seals after the first one made since a row was written are looked through for it."""


class NotSealedYet(LookupError):
    """The row is not under a seal, so nothing proves it yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """A log row, and the first seal made after it was written: nearly always its own."""

    table: str
    row_id: int
    at: datetime
    seal: int | None


def inclusion_proof(table: str, row_id: int) -> dict[str, Any]:
    """The proof that a log row stands under a signed head, for `verifier --proof`.

    Plain data: the row's canonical bytes, its place in the tree, the hashes that lead to the root
    and the signed head. Raises NotSealedYet, KeyError for a table that is not sealed.
    """
    time = FORMS[table, NEWEST[table]].time
    with raw_sql("inclusion proof of a log row"), connection.cursor() as cursor:
        cursor.execute(f"SELECT r.{time} FROM public.{table} r WHERE r.id = %s", [row_id])
        found = cursor.fetchone()
        seal, index, version = _seal_of(cursor, table, row_id, found[0] if found else None)
        cursor.execute(
            f"SELECT {FORMS[table, version].sql} FROM public.{table} r WHERE r.id = %s", [row_id]
        )
        row = cursor.fetchone()[0]
    (path,) = merkle.inclusion_proofs(merkle.split_leaves(seal.leaves), [index])
    return {
        "table": table,
        "version": version,
        "id": row_id,
        "row": row,
        "seal": seal.number,
        "index": index,
        "size": len(seal.row_ids),
        "path": [step.hex() for step in path],
        "head": seal.text(),
        "signature": seal.signature.hex(),
    }


def proofs_of(subjects: Collection[int], tables: Sequence[str] = (EVENTS,)) -> dict[str, Any]:
    """Closed proofs of the log rows of some tables that concern any of the persons, in one file
    for `verifier --proof`: each signed head once, and for every row its hash and path.

    `waiting` counts rows that no seal covers yet. A statement for each BATCH of seals, and one for
    a row that none of those near it holds; no table is read through.
    """
    heads: dict[int, dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    sought: list[tuple[Place, int]] = []
    waiting = 0
    for place in places_of(subjects, tables):
        if place.seal is None:
            waiting += 1
        else:
            sought.append((place, place.seal))
    with raw_sql("inclusion proofs of a person's log rows"), connection.cursor() as cursor:
        for _step in range(NEAR):
            sought, unsealed = _look(cursor, sought, heads, rows)
            waiting += unsealed
        waiting += _look_far(cursor, [place for place, _number in sought], heads, rows)
    return {
        "format": verifier.BUNDLE,
        "heads": [heads[number] for number in sorted(heads)],
        "rows": sorted(rows, key=lambda row: (row["table"], row["id"])),
        "waiting": waiting,
    }


def places_of(subjects: Collection[int], tables: Sequence[str] = (EVENTS,)) -> list[Place]:
    """Log rows that concern any of the persons and the first seal after each, oldest first; one
    statement by a database function that checks the access context."""
    with raw_sql("places of a person's log rows"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM vuokra_access_places(%s, %s)", [sorted(subjects), list(tables)]
        )
        return [Place(*row) for row in cursor.fetchall()]


def _look(
    cursor: Any,
    sought: Iterable[tuple[Place, int]],
    heads: dict[int, dict[str, Any]],
    rows: list[dict[str, Any]],
) -> tuple[list[tuple[Place, int]], int]:
    """Add the proofs of rows that stand under the seal in which they are sought. Gives the others,
    each with the seal after it, and how many are past the newest seal."""
    by_seal: dict[int, list[Place]] = defaultdict(list)
    for place, number in sought:
        by_seal[number].append(place)
    onwards: list[tuple[Place, int]] = []
    unsealed = 0
    numbers = sorted(by_seal)
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        seals = _seals(cursor, batch)
        for number in batch:
            if number not in seals:
                unsealed += len(by_seal[number])
                continue
            left = _prove(seals[number], by_seal[number], heads, rows)
            onwards += [(place, number + 1) for place in left]
    return onwards, unsealed


def _prove(
    seal: verifier.Seal,
    places: Sequence[Place],
    heads: dict[int, dict[str, Any]],
    rows: list[dict[str, Any]],
) -> list[Place]:
    """Add the proofs of the rows that stand under a seal; gives those that do not."""
    known = _positions(seal)
    here = [place for place in places if (place.table, place.row_id) in known]
    _add(seal, [(place, *known[place.table, place.row_id]) for place in here], heads, rows)
    return [place for place in places if (place.table, place.row_id) not in known]


def _look_far(
    cursor: Any,
    places: Iterable[Place],
    heads: dict[int, dict[str, Any]],
    rows: list[dict[str, Any]],
) -> int:
    """Add the proofs of rows that were sealed long after they were written, as after a long stop of
    the sealer; gives how many wait for their seal."""
    waiting = 0
    for place in places:
        try:
            own, index, version = _seal_of(cursor, place.table, place.row_id, place.at)
        except NotSealedYet:
            waiting += 1
        else:
            _add(own, [(place, index, version)], heads, rows)
    return waiting


def _add(
    seal: verifier.Seal,
    found: Sequence[tuple[Place, int, int]],
    heads: dict[int, dict[str, Any]],
    rows: list[dict[str, Any]],
) -> None:
    if not found:
        return
    leaves = merkle.split_leaves(seal.leaves)
    heads[seal.number] = {
        "seal": seal.number,
        "size": len(leaves),
        "head": seal.text(),
        "signature": seal.signature.hex(),
    }
    paths = merkle.inclusion_proofs(leaves, [index for _place, index, _version in found])
    for (place, index, version), path in zip(found, paths, strict=True):
        rows.append(
            {
                "table": place.table,
                "version": version,
                "id": place.row_id,
                "seal": seal.number,
                "index": index,
                "leaf": leaves[index].hex(),
                "path": [step.hex() for step in path],
            }
        )


def _seals(cursor: Any, numbers: Iterable[int]) -> dict[int, verifier.Seal]:
    wanted = list(numbers)
    if not wanted:
        return {}
    cursor.execute(f"{SEALS} WHERE number = ANY (%s) ORDER BY number", [wanted])
    return {seal.number: seal for seal in map(seal_from, cursor.fetchall())}


def _positions(seal: verifier.Seal) -> dict[tuple[str, int], tuple[int, int]]:
    """Table and row id → index of the leaf, version of its form."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    before = 0
    for table, version, _start, ids, _leaves in seal.segments():
        for place, row_id in enumerate(ids):
            found[table, row_id] = before + place, version
        before += len(ids)
    return found


def _position(seal: verifier.Seal, table: str, row_id: int) -> tuple[int, int] | None:
    """Index of the leaf of one row and version of its form, or None when it is not here."""
    before = 0
    for of, version, _start, ids, _leaves in seal.segments():
        if of == table and row_id in ids:
            return before + ids.index(row_id), version
        before += len(ids)
    return None


def _seal_of(
    cursor: Any, table: str, row_id: int, written: datetime | None
) -> tuple[verifier.Seal, int, int]:
    """The seal of a row, the index of its leaf and the version of its form. Raises NotSealedYet."""
    skip = 0
    while written is not None:
        cursor.execute(
            "SELECT number FROM public.vuokra_access_seal "
            "WHERE at >= %s AND %s = ANY (tables) AND %s = ANY (row_ids) "
            f"ORDER BY at, number LIMIT {CLOSE} OFFSET %s",
            [written, table, row_id, skip],
        )
        found = [row[0] for row in cursor.fetchall()]
        for number in found:
            seal = _seals(cursor, [number])[number]
            place = _position(seal, table, row_id)
            if place is not None:
                return seal, *place
        if len(found) < CLOSE:
            break
        skip += CLOSE
    raise NotSealedYet(f"Row {row_id} of {table} is not under a seal.")
