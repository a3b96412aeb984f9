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
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import typst

from vuokra.documents.errors import Fault, NotMade

MOST_ATTEMPTS = 12
_UNDISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed', re.S)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_JOINERS = "\u200c\u200d"
_without_glyph: set[str] = set()
"""Characters that the fonts turned out not to have; kept for the next document."""


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside Typst, read once."""
    return typst.Fonts(include_system_fonts=False)


def typeset(source: str, inputs: Mapping[str, Any], *, at: datetime, archive: bool = True) -> bytes:
    """The PDF of a template source and what it shows, dated `at`; with `archive` PDF/A too.

    Raises NotMade for a template with an error; the error of Typst, which may repeat values, is
    dropped.
    """
    with tempfile.TemporaryDirectory() as nothing:  # a template reads no file and no package
        for _attempt in range(MOST_ATTEMPTS):
            try:
                return _compiled(source, json.dumps(printable(inputs)), nothing, at, archive)
            except typst.TypstError as error:
                missing = _missing(error.diagnostic) - _without_glyph
            if not missing:
                break
            _without_glyph.update(missing)
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


def printable(value: Any) -> Any:
    """Texts, numbers, lists and mappings with every character that cannot be printed replaced.

    Raises TypeError for anything else, so that no object slips in by its `str`.
    """
    if isinstance(value, str):
        return "".join(map(_shown, value))
    if isinstance(value, Mapping):
        return {str(key): printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(f"A document shows texts, numbers and lists, not {type(value).__name__}.")


def _shown(character: str) -> str:
    """The character, or its code when it has no shape of its own here."""
    if character < "\x7f" and (character >= " " or character in "\n\t"):
        return character
    invisible = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
    if (invisible and character not in _JOINERS) or character in _without_glyph:
        return f"[U+{ord(character):04X}]"
    return character


def _missing(diagnostic: str) -> set[str]:
    """The characters of Typst's complaints about glyphs; letters beside them in ASCII are fine."""
    found: set[str] = set()
    for cluster in _UNDISPLAYED.findall(diagnostic):
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), cluster)
        found.update(character for character in text if character > "\x7f")
    return found
