"""What a copy holds, as it is collected, sealed and written: the schema `vuokra-subject-copy/1`.

The sealed snapshot has more than what is handed over: ids of other people and of staff, which
`packaging` leaves out. The published schema is docs/subject-copy.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

SCHEMA = "vuokra-subject-copy/1"
ATTACHED = "liite"
"""Stands for a register item in the places of attached documents."""

CHANGES = "muutokset"
"""Stands for a register item in the places of the change history."""

Json = Any
"""A value of JSON: text, number, truth, nothing, list or object."""


@dataclass(slots=True)
class Value:
    """One column of one row: the bare value for machines, and as people read it.

    `free` is running text that may name others; `person` and `staff` are the ids of whom the value
    names, `left_out` the codes of why parts of it are not told.
    """

    name: str
    label: str
    value: Json
    shown: str
    free: bool = False
    person: int | None = None
    staff: int | None = None
    left_out: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """What one row holds of one register item; `others` are other persons whom the row concerns."""

    table: str
    row: int
    title: str
    values: list[Value] = field(default_factory=list)
    source: str = ""
    others: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One register item (rekisteritieto) with its rows, and what article 15 tells of it."""

    code: str
    title: str
    group: str = ""
    purposes: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    retention: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def free(self) -> bool:
        """Whether it has running text, which somebody must read."""
        return any(value.free for entry in self.entries for value in entry.values)


@dataclass(slots=True)
class Block:
    """What one of the twelve points of article 15 tells beyond the rows."""

    key: str
    point: int
    title: str
    text: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class Look:
    """One consultation of the data; `by` is the member of staff, told after a necessity test."""

    id: int
    at: str
    role: str
    purpose: str
    what: str
    by: int | None = None


@dataclass(slots=True)
class Attachment:
    """A document about the person: what it is, and the file itself in base64."""

    name: str
    title: str
    date: str
    digest: str
    data: str
    others: list[int] = field(default_factory=list)


@dataclass(slots=True)
class CopyContent:
    """Everything that is held of a person at one moment, in one language."""

    kind: str
    language: str
    collected_at: str
    person: dict[str, str]
    controller: dict[str, str]
    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    connected: list[int] = field(default_factory=list)
    protected: list[int] = field(default_factory=list)

    @property
    def items(self) -> list[Section]:
        """The sections of register items, without the change history."""
        return [section for section in self.sections if section.code != CHANGES]

    @property
    def changes(self) -> list[Entry]:
        """The change history, newest first."""
        found = [section.entries for section in self.sections if section.code == CHANGES]
        return found[0] if found else []

    def section(self, code: str) -> Section:
        """The section of a register item. Raises LookupError."""
        for section in self.sections:
            if section.code == code:
                return section
        raise LookupError(code)

    def values(self) -> Iterator[tuple[str, Entry, Value]]:
        """Every value with its place and row."""
        for section in self.sections:
            for number, entry in enumerate(section.entries):
                for value in entry.values:
                    yield place_of(section.code, number, value.name), entry, value


def place_of(code: str, number: int, name: str = "") -> str:
    """Where a value stands in a snapshot: item, number of the row, column; or the row alone."""
    return f"{code}/{number}/{name}" if name else f"{code}/{number}"


def dumped(content: CopyContent) -> bytes:
    """The snapshot as it is sealed."""
    return json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()


def loaded(data: bytes) -> CopyContent:
    """A snapshot out of its sealed file."""
    plain = json.loads(data)
    sections = [
        Section(
            **{
                **section,
                "entries": [
                    Entry(**{**entry, "values": [Value(**value) for value in entry["values"]]})
                    for entry in section["entries"]
                ],
            }
        )
        for section in plain["sections"]
    ]
    return CopyContent(
        **{
            **plain,
            "sections": sections,
            "blocks": [Block(**one) for one in plain["blocks"]],
            "looks": [Look(**one) for one in plain["looks"]],
            "attachments": [Attachment(**one) for one in plain["attachments"]],
        }
    )
