"""What a description is made of, how it is stored, and how two differ. Pure.

A line has a key that stays the same from version to version (an item's id), so that a change of
its words shows as a change and not as a removal and an addition.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vuokra.policy.text import Bilingual

FORM = 1
"""The version of the stored form."""


class Style(StrEnum):
    """How the lines of a block are shown."""

    TEXT = "text"
    LIST = "list"
    FACTS = "facts"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a point of a list, a name with its value, or a row of a table."""

    key: str
    cells: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one style; a table has a head."""

    style: Style
    lines: tuple[Line, ...]
    head: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part (kohta) of a description; `5.2` is a part of `5`."""

    code: str
    title: Bilingual
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        """The part's address on its page."""
        return f"kohta-{self.code.replace('.', '-')}"

    @property
    def inner(self) -> bool:
        """Whether it is a part of another."""
        return "." in self.code


class Part(StrEnum):
    """The two documents that one version holds."""

    NOTICE = "seloste"
    RECORD = "kasittelytoimet"


Content = Mapping[Part, tuple[Section, ...]]


# -- stored form -------------------------------------------------------------------------------


def stored(content: Content) -> dict[str, Any]:
    """A description as JSON."""
    return {
        "form": FORM,
        **{
            part.value: [
                {
                    "code": section.code,
                    "title": list(section.title),
                    "blocks": [
                        {
                            "style": block.style.value,
                            "head": [list(cell) for cell in block.head],
                            "lines": [
                                {"key": line.key, "cells": [list(cell) for cell in line.cells]}
                                for line in block.lines
                            ],
                        }
                        for block in section.blocks
                    ],
                }
                for section in sections
            ]
            for part, sections in content.items()
        },
    }


def restored(form: Mapping[str, Any]) -> dict[Part, tuple[Section, ...]]:
    """The description of its stored form."""
    return {part: tuple(map(_section, form[part.value])) for part in Part}


def _section(form: Mapping[str, Any]) -> Section:
    return Section(form["code"], Bilingual(*form["title"]), tuple(map(_block, form["blocks"])))


def _block(form: Mapping[str, Any]) -> Block:
    lines = tuple(Line(line["key"], _texts(line["cells"])) for line in form["lines"])
    return Block(Style(form["style"]), lines, _texts(form["head"]))


def _texts(cells: Iterable[Iterable[str]]) -> tuple[Bilingual, ...]:
    return tuple(Bilingual(*cell) for cell in cells)


def digest(form: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the stored form: keys in order, no blanks, UTF-8."""
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# -- differences -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One line that differs: what it was and what it is; empty where it is new or gone."""

    part: Part
    section: str
    title: Bilingual
    before: Bilingual
    after: Bilingual

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if not self.before.fi:
            return "added"
        return "changed" if self.after.fi else "removed"


NOTHING = Bilingual("", "")
_Place = tuple[Part, str, str]


def differences(old: Content, new: Content) -> list[Change]:
    """The lines that differ, in the order of the new description; what is gone comes last."""
    before, after = dict(_lines(old)), dict(_lines(new))
    places = [*after, *(place for place in before if place not in after)]
    changes = []
    for place in places:
        (title, was), (new_title, now) = (
            found.get(place, (NOTHING, NOTHING)) for found in (before, after)
        )
        if was != now:
            changes.append(Change(place[0], place[1], new_title if now.fi else title, was, now))
    return changes


def _lines(content: Content) -> Iterator[tuple[_Place, tuple[Bilingual, Bilingual]]]:
    """Every line by its place, with the title of its section and its words in one text."""
    for part in Part:
        for section in content.get(part, ()):
            yield (part, section.code, ""), (section.title, section.title)
            for block in section.blocks:
                for line in block.lines:
                    fi, en = (
                        " · ".join(filter(None, cells)) for cells in zip(*line.cells, strict=True)
                    )
                    yield (part, section.code, line.key), (section.title, Bilingual(fi, en))
