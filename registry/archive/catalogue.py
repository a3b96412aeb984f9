"""What the columns of the room hold (data-protection 4.7, S8-01 … S8-03)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, not_personal, technical, through, via
from vuokra.policy.groups import Group

not_personal("registry_archive_store", "boxes, folders, shelves and cabinets, and their locks")

describe(
    "registry_archive_paperfile",
    group=Group.ARCHIVE,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "store_id": item("PAPERI"),
        "kind": item("PAPERI"),
        "label": item("PAPERI"),
        "covers_from": item("PAPERI"),
        "covers_to": item("PAPERI"),
        "keep_until": technical("last day of retention"),
        "origin": technical("received, or found unrecorded"),
        "scanned_on": technical("when it was scanned in"),
        "after_scan": technical("what becomes of scanned paper"),
        "recorded_by_id": technical("who recorded it"),
        "recorded_at": technical("when it was recorded"),
    },
)

_FILE = "JOIN registry_archive_paperfile f ON f.id = r.file_id WHERE"

describe(
    "registry_archive_loan",
    group=Group.ARCHIVE,
    subject=through(
        f"SELECT f.person_id FROM registry_archive_loan r {_FILE} r.id = ANY(%s)",  # noqa: S608  (no value)
        rows=f"SELECT r.id FROM registry_archive_loan r {_FILE} f.person_id = ANY(%s)",  # noqa: S608  (no value)
    ),
    columns={
        "id": KEY,
        "file_id": KEY,
        "borrower_id": technical("who took the papers"),
        "purpose": technical("for what purpose"),
        "taken_at": technical("when they were taken"),
        "due": technical("when they must be back"),
        "returned_at": technical("when they came back"),
        "returned_to_id": technical("who received them"),
    },
)

describe(
    "registry_archive_destruction",
    group=Group.ARCHIVE,
    subject=through(
        f"SELECT f.person_id FROM registry_archive_destruction r {_FILE} r.id = ANY(%s)",  # noqa: S608  (no value)
        rows=f"SELECT r.id FROM registry_archive_destruction r {_FILE} f.person_id = ANY(%s)",  # noqa: S608  (no value)
    ),
    columns={
        "id": KEY,
        "file_id": KEY,
        "ground": technical("why it was destroyed"),
        "method": technical("how it was destroyed"),
        "destroyed_on": technical("when it was destroyed"),
        "destroyed_by_id": technical("who destroyed it"),
        "witness_id": technical("who saw it"),
        "recorded_at": technical("when it was recorded"),
        "confirmed_at": technical("when the witness confirmed it"),
    },
)
