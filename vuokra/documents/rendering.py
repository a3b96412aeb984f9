"""Typesetting: a template and data become a tagged PDF.

Values reach Typst as JSON, never as part of a source, so nothing in them is markup. The output is
PDF/UA-1 and PDF/A-2a at once. Only the fonts inside Typst are used; a character that none of them
has, or that would turn or hide text, is shown by its code (`[U+1F600]`).
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import typst

from vuokra.documents.errors import Fault, NotMade

MOST_ATTEMPTS = 12
_UNDISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed', re.S)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_JOINERS = "\u200c\u200d"
_JOINED = {"Mn", "Mc", "Me", "Cf", "Sk", "Lm"}
"""Categories of what joins the letter before it: marks, joiners, modifiers."""


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside Typst, read once."""
    return typst.Fonts(include_system_fonts=False)


def typeset(source: str, inputs: Mapping[str, Any], *, at: datetime, archive: bool = True) -> bytes:
    """The PDF of a template source and what it shows, dated `at`; with `archive` PDF/A too.

    Raises NotMade for a template with an error; the error of Typst, which may repeat values, is
    dropped.
    """
    unshaped: set[str] = set()  # of this document alone: no other prints differently for it
    with tempfile.TemporaryDirectory() as nothing:  # a template reads no file and no package
        for _attempt in range(MOST_ATTEMPTS):
            try:
                data = json.dumps(printable(inputs, unshaped))
                return _compiled(source, data, nothing, at, archive)
            except typst.TypstError as error:
                missing = _missing(error.diagnostic, unshaped)
            if not missing:
                break
            unshaped |= missing
    raise NotMade(Fault.TEMPLATE)


def _compiled(source: str, data: str, root: str, at: datetime, archive: bool) -> bytes:
    compiler = typst.Compiler(
        source.encode(),
        root=root,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        package_path=root,
        package_cache_path=root,
    )
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1", "a-2a"] if archive else ["ua-1"],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no PDF.")
    return pdf


def printable(value: Any, unshaped: Collection[str] = ()) -> Any:
    """Texts, numbers, lists and mappings with every character that cannot be printed replaced, and
    those `unshaped`, which the fonts turned out not to have.

    Raises TypeError for anything else, so that no object slips in by its `str`.
    """
    if isinstance(value, str):
        return "".join(_shown(character, unshaped) for character in value)
    if isinstance(value, Mapping):
        return {str(key): printable(one, unshaped) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one, unshaped) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(f"A document shows texts, numbers and lists, not {type(value).__name__}.")


def _shown(character: str, unshaped: Collection[str]) -> str:
    """The character, or its code when it has no shape of its own here."""
    if character < "\x7f" and (character >= " " or character in "\n\t"):
        return character
    invisible = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
    if (invisible and character not in _JOINERS) or character in unshaped:
        return f"[U+{ord(character):04X}]"
    return character


def _missing(diagnostic: str, known: set[str]) -> set[str]:
    """Characters of Typst's complaints about glyphs, not `known` yet; those in ASCII are fine.

    For a mark without a glyph the whole cluster is complained of, `ä` and `€` too: what joins goes
    first, and a letter is blamed only when it is still complained of by itself.
    """
    found: set[str] = set()
    for cluster in _UNDISPLAYED.findall(diagnostic):
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), cluster)
        found.update(character for character in text if character > "\x7f")
    found -= known
    return {one for one in found if unicodedata.category(one) in _JOINED} or found
