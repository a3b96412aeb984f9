"""The gallery shows every component, with the context that it documents."""

from __future__ import annotations

import re
from pathlib import Path

from tests.checks.project import ROOT
from vuokra.ui import gallery

FRAME = frozenset(
    {"demo_banner", "idle", "language_switch", "messages", "navigation", "new_menu",
     "print_cover", "request_failed", "search_box", "shortcuts"}
)  # fmt: skip
"""On the gallery page as on every page, drawn by the frame, or on paper only."""

PARTS = frozenset({"dots", "field", "field_texts", "error_summary"})
"""Parts of other components: of a masked value and of a form."""

TAGS = {
    "card": "{% card ",
    "kv": "{% kv %}",
    "notice": "{% notice ",
    "table": "{% datatable ",
    "why": "{% why ",
}


def components() -> list[Path]:
    return sorted((ROOT / "templates" / "components").glob("*.html"))


def test_every_component_is_shown() -> None:
    page = (ROOT / "templates" / "ui" / "gallery.html").read_text()
    shown = set(re.findall(r'include "components/(\w+)\.html"', page))
    shown |= {name for name, tag in TAGS.items() if tag in page}
    assert {path.stem for path in components()} - shown - FRAME - PARTS == set()


def test_every_context_is_told() -> None:
    told = {one["name"]: one["context"] for one in gallery.documented()}
    assert set(told) == {path.stem for path in components()}
    assert all("Context:" in text or "block tag" in text for text in told.values())
