"""Lint of the repository: no real codes, no traces of a machine, no way round the guards, sizes."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

from tests.checks.project import ROOT, WINGS, python_files, text_of, tracked

HETU = re.compile(
    r"(?<![0-9A-Za-z])(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])(?![0-9A-Za-z])"
)
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SPECIMEN = "131052-" + "308T"
"""The specimen code that the population register publishes (data-protection specification, 8.2)."""

CENTURY = {"+": 18} | dict.fromkeys("-YXWVU", 19) | dict.fromkeys("ABCDEF", 20)
TRACES = re.compile(
    r"/(?:home|Users)/\w+/|/roo" + r"t/|(?<![\w.])/" + r"work/|/tmp/" + r"dev|"
    r"--(?:extra-)?index-url|https?://[^\s\"']*/simple\b"
)
DRIVER = {("connection", "connection"), ("connections", "connection"), ("cursor", "cursor")}
COPYING = {"copy_expert", "copy_from", "copy_to", "mogrify"}
MODULE_LINES, CSS_BYTES, JS_BYTES = 500, 40_000, 15_000
STATIC = ROOT / "vuokra" / "ui" / "static" / "vuokra"


def real_codes(text: str) -> list[str]:
    """Well-formed codes that a person could have: individual number below 900, right check."""
    found = []
    for match in HETU.finditer(text):
        day, month, year, sign, number, check = match.groups()
        if int(number) < 2 or int(number) >= 900 or match[0] == SPECIMEN:
            continue
        right = CHECK_CHARACTERS[int(f"{day}{month}{year}{number}") % 31] == check
        if right and _exists(CENTURY[sign] * 100 + int(year), int(month), int(day)):
            found.append(match[0])
    return found


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def test_no_file_holds_a_code_that_a_person_could_have() -> None:
    found = {
        str(path.relative_to(ROOT)): codes
        for path in tracked()
        if (text := text_of(path)) and (codes := real_codes(text))
    }
    assert found == {}


def test_the_search_for_codes_sees_a_real_one() -> None:
    digits = "010190" + "123"
    assert real_codes(f"{digits[:6]}-123{CHECK_CHARACTERS[int(digits) % 31]}")
    assert real_codes("150685-906N 131052-" + "308T") == []


def test_no_file_tells_where_it_was_made() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if (text := text_of(path)) and (match := TRACES.search(text))
    ]
    assert found == []


def test_no_module_is_longer_than_it_may_be() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if path.parent.name != "migrations"
        and (lines := len((text_of(path) or "").splitlines())) > MODULE_LINES
    }
    assert long == {}


@pytest.mark.parametrize(("suffix", "limit"), [(".css", CSS_BYTES), (".js", JS_BYTES)])
def test_what_the_browser_loads_is_within_its_budget(suffix: str, limit: int) -> None:
    files = [path for path in tracked() if path.suffix == suffix]
    assert all(path.parent == STATIC for path in files), "one style sheet, one script"
    assert 0 < sum(path.stat().st_size for path in files) <= limit


def test_the_script_evaluates_nothing_and_keeps_nothing() -> None:
    script = (STATIC / "vuokra.js").read_text(encoding="utf-8")
    banned = r"\beval\b|new Function|innerHTML|insertAdjacentHTML|localStorage|sessionStorage"
    assert re.findall(banned, script) == []


def ways_round(tree: ast.AST) -> list[str]:
    """Database access that the tap cannot see, and caches that could keep personal data."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (
            (last_name(node.value), node.attr) in DRIVER or node.attr in COPYING
        ):
            found.append(f"{node.lineno}: .{node.attr}")
        if isinstance(node, ast.ImportFrom) and node.module == "django.core.cache":
            found.append(f"{node.lineno}: django.core.cache")
        if isinstance(node, ast.ImportFrom) and node.module == "django.views.decorators.cache":
            kept = {"cache_page"} & {alias.name for alias in node.names}
            found += [f"{node.lineno}: {name}" for name in kept]
    return found


def last_name(node: ast.expr) -> str:
    """The last name before a further attribute: `cursor` of `self.cursor`, of `cursor`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return last_name(node.value) if isinstance(node, ast.Subscript) else ""


GUARD = ROOT / "vuokra" / "db"
"""The guard itself, and the server's own set-up, stand on the driver."""


def outside_guard() -> list[Path]:
    return [
        path
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in WINGS and GUARD not in path.parents
    ]


def test_DP_A14_no_code_goes_round_the_guard() -> None:
    found = {
        str(path.relative_to(ROOT)): ways
        for path in outside_guard()
        if (ways := ways_round(ast.parse(text_of(path) or "")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "connection.connection.cursor()",
        "connections['default'].connection.cursor()",
        "cursor.cursor.execute('x')",
        "c.copy_expert(sql, f)",
        "from django.core.cache import cache",
        "from django.views.decorators.cache import cache_page",
    ],
)
def test_the_search_for_ways_round_sees_them(code: str) -> None:
    assert ways_round(ast.parse(code))
