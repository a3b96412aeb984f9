"""Seals, their signed heads, and the heads as they were exported."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from .rows import FORMS


@dataclass(slots=True)
class Seal:
    """One row of vuokra_access_seal; times as text in UTC, month as YYYY-MM-DD or ''."""

    number: int
    kind: str
    origin: str
    at: str
    month: str
    tables: list[str]
    versions: list[int]
    counts: list[int]
    starts: list[str]
    row_ids: list[int]
    leaves: bytes
    total: int
    root: bytes
    previous: bytes
    head: bytes
    note: str
    signature: bytes

    def segments(self) -> Iterator[tuple[str, int, str, list[int], bytes]]:
        """Table, version, first time, row ids and leaves of each table in the seal."""
        ends = list(accumulate(self.counts))
        for table, version, start, count, end in zip(
            self.tables, self.versions, self.starts, self.counts, ends, strict=True
        ):
            span = slice(end - count, end)
            leaves = self.leaves[span.start * 32 : span.stop * 32]
            yield table, version, start, self.row_ids[span], leaves

    def text(self) -> str:
        """What is signed: every fact of the seal. Lines 1–3 are those of a C2SP checkpoint."""
        ids = b"".join(row_id.to_bytes(8, "big", signed=True) for row_id in self.row_ids)
        lines = [
            self.origin,
            str(self.total),
            b64encode(self.root).decode(),
            f"seal {self.number} {self.kind}",
            f"time {self.at}",
            f"month {self.month}",
        ]
        for table, version, start, row_ids, _ in self.segments():
            lines.append(
                f"table {table} {version} {len(row_ids)} {min(row_ids)} {max(row_ids)} {start}"
            )
        lines += [f"rows {sha256(ids).hexdigest()}", f"previous {self.previous.hex()}"]
        lines += [f"note {self.note}"] if self.note else []
        return "\n".join(lines) + "\n"

    def well_formed(self) -> bool:
        """Whether the arrays fit one another, so that the seal can be read at all."""
        numbers = (self.counts, self.row_ids, self.versions)
        return (
            all(isinstance(number, int) for array in numbers for number in array)
            and len(self.tables) == len(self.versions) == len(self.counts) == len(self.starts)
            and sum(self.counts) == len(self.row_ids) == len(self.leaves) // 32
            and all(count > 0 for count in self.counts)
            and all(key in FORMS for key in zip(self.tables, self.versions, strict=True))
            and "\n" not in self.note + self.origin
            and (self.kind != "reanchor" or _is_reanchor_note(self.note))
        )


def _is_reanchor_note(text: str) -> bool:
    """Whether the note of a re-anchoring seal tells what was given up, why and by whose leave."""
    try:
        note = json.loads(text)
    except ValueError:
        return False
    if not isinstance(note, dict) or not {"reason", "approved_by", "abandoned_head"} <= set(note):
        return False
    gone = note.get("abandoned", ...)
    return gone is None or (
        isinstance(gone, list) and len(gone) == 2 and all(isinstance(n, int) for n in gone)
    )


class Head(NamedTuple):
    """An exported head: its text, the facts in it that the check needs, and its signature."""

    number: int
    text: str
    digest: bytes
    signature: bytes

    def first_row(self) -> tuple[str, int | None, str]:
        """Table, id and time of the first row under the head, for naming it."""
        for line in self.text.splitlines():
            if line.startswith("table "):
                _, table, _, _, first, _, start = line.split(" ")
                return table, int(first), start
        return "vuokra_access_seal", self.number, self.time

    @property
    def time(self) -> str:
        """When the seal was made."""
        return next(x[5:] for x in self.text.splitlines() if x.startswith("time "))


def key_hash(name: str, public: Ed25519PublicKey) -> bytes:
    """The four bytes that name a key in a C2SP signed note."""
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return sha256(name.encode() + b"\n\x01" + raw).digest()[:4]


def signed_note(text: str, signature: bytes, public: Ed25519PublicKey) -> str:
    """The text and its signature line, as heads are exported."""
    name = text.split("\n", 1)[0]
    return f"{text}\n— {name} {b64encode(key_hash(name, public) + signature).decode()}\n"


def parse_notes(lines: Iterable[str]) -> Iterator[Head]:
    """The signed notes in an exported file. One that was cut short by a crash is passed over."""
    body: list[str] = []
    for line in lines:
        if line.startswith("vuokra.log/"):
            body = []
        if line.startswith("— ") and body:
            text = "".join(body).rstrip("\n") + "\n"
            number = next((x.split()[1] for x in body if x.startswith("seal ")), "")
            blob = b64decode(line.split()[-1])
            if number.isdigit():
                yield Head(int(number), text, sha256(text.encode()).digest(), blob[4:])
            body = []
        else:
            body.append(line)


@dataclass(slots=True)
class HeadFolder:
    """The exported heads as they were when the check began: later ones are not read."""

    files: list[tuple[Path, int]]

    @classmethod
    def at(cls, folder: Path) -> HeadFolder:
        """Remember the files and their sizes. Raises FileNotFoundError when there is no folder."""
        if not folder.is_dir():
            raise FileNotFoundError(f"There is no folder of heads at {folder}.")
        return cls([(path, path.stat().st_size) for path in sorted(folder.glob("heads-*.txt"))])

    def __iter__(self) -> Iterator[Head]:
        for path, size in self.files:
            with path.open("rb") as file:
                text = file.read(size).decode("utf-8", "replace")
            yield from parse_notes(text.splitlines(keepends=True))


def verifies(key: Ed25519PublicKey, signature: bytes, text: str) -> bool:
    """Whether the signature over the text was made with the key."""
    try:
        key.verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def load_keys(path: Path) -> list[Ed25519PublicKey]:
    """The public keys in a PEM file, oldest first. Raises ValueError when there is none."""
    end = b"-----END PUBLIC KEY-----"
    blocks = [block + end for block in path.read_bytes().split(end) if b"BEGIN PUBLIC" in block]
    keys = [load_pem_public_key(block) for block in blocks]
    found = [key for key in keys if isinstance(key, Ed25519PublicKey)]
    if not found or len(found) != len(keys):
        raise ValueError(f"{path} does not hold Ed25519 public keys.")
    return found
