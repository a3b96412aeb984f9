"""What is handed over: the decisions carried out, a PDF for people, JSON and proofs for machines.

The package is one PDF encrypted with AES-256 (revision 6), which every reader opens; the files for
machines are attached to it. Tags for screen readers stay.
"""

from __future__ import annotations

import csv
import io
import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

import pikepdf
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.copies.codes import Decision, Reason
from registry.copies.content import ATTACHED, SCHEMA, CopyContent, Entry, Json, Value, place_of
from registry.copies.looks import local_day
from registry.copies.models import CopyKind, Finding
from registry.copies.rules import Cut, cut_text
from vuokra.documents import services as documents
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PASSWORD_GROUPS, GROUP_LETTERS = 5, 4
"""Twenty letters of 31: 99 bits; read over the telephone in fours."""

JSON_NAME, PROOFS_NAME, CSV_NAME = "tiedot.json", "todisteet.json", "tiedot.csv"
SPREADSHEET_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def never_ordered(document: Document) -> Data:
    """The PDF is made of a sealed snapshot by `pdf_of`, never by an order."""
    raise NotMade(Fault.DATA)


ACCESS_PDF = Kind(
    "copies.access", gettext_lazy("Jäljennös tiedoistasi"), Group.RIGHTS, "SY-04",
    "registry/copies/copy.typ", never_ordered, hetu=True, archive=False,
)  # fmt: skip
PORTABLE_PDF = Kind(
    "copies.portability", gettext_lazy("Tietosi siirrettävässä muodossa"), Group.RIGHTS, "SY-04",
    "registry/copies/portable.typ", never_ordered, archive=False,
)  # fmt: skip


# -- decisions carried out ---------------------------------------------------------------------


def decided(content: CopyContent, findings: Iterable[Finding]) -> CopyContent:
    """The content with every place that is left out replaced by the reason.

    Raises ValueError when a place has not been decided on.
    """
    by_place: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.decision == Decision.OPEN:
            raise ValueError("A place has not been decided on.")
        if finding.decision == Decision.REDACTED:
            by_place[finding.place].append(finding)
    sections = [
        replace(
            section,
            entries=[
                _entry(entry, section.code, number, by_place)
                for number, entry in enumerate(section.entries)
            ],
        )
        for section in content.sections
    ]
    attachments = [
        one
        for number, one in enumerate(content.attachments)
        if place_of(ATTACHED, number) not in by_place
    ]
    return replace(content, sections=sections, attachments=attachments)


def _entry(entry: Entry, code: str, number: int, by_place: Mapping[str, list[Finding]]) -> Entry:
    whole = by_place.get(place_of(code, number))
    if whole:
        left = Value("", _("Tieto"), None, _bracket(whole[0].reason), left_out=[whole[0].reason])
        return replace(entry, values=[left], source="")
    return replace(
        entry,
        values=[
            _left_out(value, by_place.get(place_of(code, number, value.name), ()))
            for value in entry.values
        ],
    )


def _left_out(value: Value, findings: Iterable[Finding]) -> Value:
    found = list(findings)
    if not found:
        return value
    reasons = sorted({finding.reason for finding in found})
    if whole := [finding for finding in found if finding.end == 0]:
        return replace(value, value=None, shown=_bracket(whole[0].reason), left_out=reasons)
    cuts = [Cut(finding.start, finding.end, finding.reason) for finding in found]
    told = {reason.value: _told(reason) for reason in Reason}
    text = cut_text(value.shown, cuts, told)
    return replace(value, value=text, shown=text, left_out=reasons)


def _told(reason: str) -> str:
    return _("peitetty: %(why)s") % {"why": Reason(reason).label}


def _bracket(reason: str) -> str:
    return f"[{_told(reason)}]"


def left_out(findings: Iterable[Finding]) -> list[list[str]]:
    """Why something was left out, and how many times: the person is told (6.3)."""
    counts = Counter(
        str(Reason(finding.reason).label)
        for finding in findings
        if finding.decision == Decision.REDACTED
    )
    return [[reason, str(count)] for reason, count in sorted(counts.items())]


# -- for people --------------------------------------------------------------------------------


def pdf_of(
    content: CopyContent,
    reference: str,
    why_left_out: list[list[str]],
    names: Mapping[int, str],
    pages: Mapping[str, int] | None = None,
) -> bytes:
    """The tagged PDF of decided content, in its language. Raises NotMade as `documents.render`.

    For paper `pages` tells how many pages each document takes at the end of it; of one that is not
    among them the PDF says that it is given separately.
    """
    kind = ACCESS_PDF if content.kind == CopyKind.ACCESS else PORTABLE_PDF
    with translation.override(content.language):
        data = {
            "person": content.person,
            "day": local_day(content.collected_at),
            "points": [
                {"number": str(one.point), "title": one.title, "text": one.text,
                 "head": one.head, "rows": one.rows}
                for one in content.blocks
            ],
            "sections": [
                {"title": section.title, "entries": [_printed(one) for one in section.entries]}
                for section in content.items
            ],
            "looks": looks_table(content, names),
            "looks_head": looks_head(named=bool(names)),
            "named": bool(names),
            "changes": [[one.title, _changed(one)] for one in content.changes],
            "attachments": [
                [one.date, one.title, one.name if pages is None else _pages(pages.get(one.name))]
                for one in content.attachments
            ],
            "printed": pages is not None,
            "left_out": why_left_out,
        }  # fmt: skip
    return documents.render(kind, data, content.language, reference)


def _pages(count: int | None) -> str:
    if count is None:
        return _("annetaan erikseen")
    return ngettext("%(n)s sivu", "%(n)s sivua", count) % {"n": count}


def _printed(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "values": [[value.label, value.shown] for value in entry.values],
    }


def _changed(entry: Entry) -> str:
    return "; ".join(
        f"{value.label}: {value.shown}" if value.shown else value.label for value in entry.values
    )


def looks_head(*, named: bool) -> list[str]:
    """The head of the table of consultations."""
    who = [_("Nimi")] if named else []
    return [_("Päivä"), _("Rooli"), *who, _("Käyttötarkoitus"), _("Mitä"), _("Kertaa")]


def looks_table(content: CopyContent, names: Mapping[int, str]) -> list[list[str]]:
    """Consultations of a day in the same role, for the same purpose, as one row with their number;
    with names, of each member of staff."""
    counts: Counter[tuple[str, ...]] = Counter()
    for look in content.looks:
        who = (names.get(look.by or 0, ""),) if names else ()
        counts[(local_day(look.at), look.role, *who, look.purpose, look.what)] += 1
    return [[*row, str(count)] for row, count in counts.items()]


# -- for machines ------------------------------------------------------------------------------


def json_of(content: CopyContent, reference: str, names: Mapping[int, str]) -> bytes:
    """The decided content as JSON by the published schema: UTF-8, ISO 8601, decimals as text."""
    access = content.kind == CopyKind.ACCESS
    plain: dict[str, Json] = {
        "schema": SCHEMA,
        "kind": content.kind,
        "language": content.language,
        "reference": reference,
        "collected_at": content.collected_at,
        "controller": content.controller,
        "person": content.person,
        "items": [
            {
                "code": section.code,
                "title": section.title,
                "group": section.group,
                "purposes": section.purposes,
                "bases": section.bases,
                "retention": section.retention,
                "entries": [_plain_entry(entry) for entry in section.entries],
            }
            for section in content.items
        ],
    }
    if access:
        plain["points"] = [asdict(one) for one in content.blocks]
        plain["consultations"] = [
            {"id": one.id, "at": one.at, "role": one.role, "purpose": one.purpose,
             "what": one.what}
            | ({"name": names[one.by]} if one.by is not None and one.by in names else {})
            for one in content.looks
        ]  # fmt: skip
        plain["changes"] = [
            {"at": one.source, "record": one.title, "fields": _plain_entry(one)["fields"]}
            for one in content.changes
        ]
        plain["attachments"] = [
            {"name": one.name, "title": one.title, "date": one.date, "sha256": one.digest}
            for one in content.attachments
        ]
    return json_bytes(plain)


def json_bytes(plain: Json) -> bytes:
    """JSON as it is handed over."""
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def _plain_entry(entry: Entry) -> dict[str, Json]:
    return {
        "record": entry.title,
        "row": entry.row,
        "source": entry.source,
        "fields": [
            {"name": value.name, "label": value.label, "value": value.value, "text": value.shown}
            | ({"left_out": value.left_out} if value.left_out else {})
            for value in entry.values
        ],
    }


def csv_of(content: CopyContent) -> bytes:
    """One line for each field; what a spreadsheet would take for a formula is quoted (DP-A23)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["item", "title", "record", "row", "field", "label", "value"])
    for section in content.sections:
        for entry in section.entries:
            for value in entry.values:
                bare = value.value if isinstance(value.value, str) else json.dumps(value.value)
                writer.writerow(
                    [
                        section.code, section.title, entry.title, entry.row, value.name,
                        value.label, _quoted(bare),
                    ]
                )  # fmt: skip
    return "\ufeff".encode() + text.getvalue().encode()


def _quoted(text: str) -> str:
    return f"'{text}" if text.startswith(SPREADSHEET_FORMULA) else text


# -- the container -----------------------------------------------------------------------------


def new_password() -> str:
    """A password for one package: `abcd-2345-…`, told by another channel than the package."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _letter in range(GROUP_LETTERS))
        for _group in range(PASSWORD_GROUPS)
    )


def packed(pdf: bytes, files: Mapping[str, bytes], password: str) -> bytes:
    """The PDF with files attached to it, all of it encrypted; copying text for a screen reader and
    printing are allowed. Without a password (for printing) it is left open."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name, data in files.items():
            opened.attachments[name] = pikepdf.AttachedFileSpec(
                opened, data, filename=name, description=name
            )
        out = io.BytesIO()
        if not password:
            opened.save(out)
            return out.getvalue()
        opened.save(
            out,
            encryption=pikepdf.Encryption(
                user=password,
                owner=secrets.token_urlsafe(32),
                R=6,
                allow=pikepdf.Permissions(
                    modify_annotation=False, modify_assembly=False, modify_form=False,
                    modify_other=False,
                ),
            ),
        )  # fmt: skip
        return out.getvalue()
