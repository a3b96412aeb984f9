"""A part of a copy as its page shows it: every row with the forms of its places."""

from __future__ import annotations

from dataclasses import dataclass

from registry.copies.forms import DecisionForm, MarkForm
from registry.copies.queries import Found, Line, Row


@dataclass(frozen=True, slots=True)
class Failed:
    """A form posted with errors: of a place found, by its id, or of a text by its place."""

    form: DecisionForm | MarkForm
    finding: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class ShownFound:
    """A place found, and the form that decides on it; none for what is locked."""

    found: Found
    form: DecisionForm | None
    anchor: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A value of a row, the places found in it, and a form for marking more of its text."""

    line: Line
    found: list[ShownFound]
    mark: MarkForm | None
    marking: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a part."""

    title: str
    whole: list[ShownFound]
    lines: list[ShownLine]


def rows(found: list[Row], page: int, failed: Failed | None) -> list[ShownRow]:
    """The rows of a page with their forms; a form with errors stands where it was posted."""
    return [
        ShownRow(
            row.title,
            [_found(one, failed) for one in row.whole],
            [
                _line(line, f"{page}-{place}-{number}", failed)
                for number, line in enumerate(row.lines)
            ],
        )
        for place, row in enumerate(found)
    ]


def _found(one: Found, failed: Failed | None) -> ShownFound:
    anchor = f"k{one.finding.pk}"
    if one.finding.locked:
        return ShownFound(one, None, anchor)
    form: DecisionForm | None = None
    if failed is not None and failed.finding == one.finding.pk:
        form = failed.form if isinstance(failed.form, DecisionForm) else None
    return ShownFound(one, form or DecisionForm.of(one.finding), anchor)


def _line(line: Line, key: str, failed: Failed | None) -> ShownLine:
    marking = failed is not None and failed.place == line.place
    mark: MarkForm | None = None
    if marking and failed is not None and isinstance(failed.form, MarkForm):
        mark = failed.form
    elif line.free:
        mark = MarkForm(initial={"place": line.place}, auto_id=f"m{key}-%s")
    return ShownLine(line, [_found(one, failed) for one in line.found], mark, marking)
