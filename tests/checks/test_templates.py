"""Lint of every template: strict CSP, Finnish formats, translated text, impersonal titles."""

from __future__ import annotations

import re
from pathlib import Path

import django
import pytest
from django.template import Template
from django.template.base import TextNode

from tests.checks.project import (
    ROOT,
    WINGS,
    python_files,
    template_name,
    templates,
    text_of,
    walk,
)  # fmt: skip

BRANDS = {"Vuokra", "V", "English", "Suomeksi", "Ctrl", "Esc"}
"""Words that are the same in every language, or are a language's own name."""

HETU_PLACES = {
    "components/masked_value.html", "layout/reveal.html",
}  # fmt: skip
"""Templates that may open an encrypted value. Source: data-protection specification, 8.3."""

FORBIDDEN = {
    "inline style": re.compile(r"<style\b|\sstyle\s*="),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)|javascript:"),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=|\shx-on\b"),
    "raw format": re.compile(r"\|\s*(date|time|floatformat|localize|unlocalize|intcomma)\b"),
    "unescaped": re.compile(r"\|\s*(safe|safeseq)\b|{%\s*autoescape\s+off"),
    "cached": re.compile(r"{%\s*(cache|debug)\b"),
    "other host": re.compile(r"(src|href|action)=[\"']?(https?:)?//"),
}
SHOWN = re.compile(r"\s(?:title|alt|placeholder|aria-label|value)=\"([^\"{]*[^\W\d_]{2}[^\"{]*)\"")
PERSONAL = re.compile(r"{{[^}]*\b(name|surname|hetu|person|address|phone|email|street)\b[^}]*}}")
LETTERS = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&\w+;")
DATA_SCRIPT = re.compile(r"<script\b[^>]*type=\"application/json\".*?</script>", re.S)
ATTRIBUTE_BLOCKS = {"bodyclass", "coltype", "dark-mode-vars", "width"}
"""Blocks whose text is the value of an attribute."""

PATHS = templates()


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def compiled(path: Path) -> Template:
    return Template(text_of(path) or "")


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_template_compiles(path: Path) -> None:
    assert compiled(path).nodelist


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_template_has_nothing_forbidden(path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text_of(path) or "", flags=re.S)
    text = DATA_SCRIPT.sub("", text)
    faults = {name for name, pattern in FORBIDDEN.items() if pattern.search(text)}
    assert faults - ({"unescaped"} if path.suffix == ".txt" else set()) == set()


@pytest.mark.parametrize("path", [p for p in PATHS if p.suffix == ".html"], ids=named)
def test_text_is_translated(path: Path) -> None:
    """Text between tags and in shown attributes comes from the catalogue."""
    text = "".join(
        node.s
        for top in compiled(path).nodelist
        for node in walk(top, skip=ATTRIBUTE_BLOCKS)
        if isinstance(node, TextNode)
    )
    plain = re.sub(r"<[^>]*>", " ", DATA_SCRIPT.sub("", text))
    words = LETTERS.findall(ENTITY.sub("", plain))
    shown = SHOWN.findall(text_of(path) or "")
    values = {"on", "off", "fi", "en"}
    assert [word for word in words if word not in BRANDS] == []
    assert [value for value in shown if value not in BRANDS | values] == []


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_title_and_meta_hold_nothing_personal(path: Path) -> None:
    text = text_of(path) or ""
    titles = re.findall(r"<title>.*?</title>|{% block title %}.*?{% endblock", text, flags=re.S)
    assert [title for title in titles if PERSONAL.search(title)] == []


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_encrypted_values_are_opened_in_their_places_only(path: Path) -> None:
    opens = re.search(r"{%\s*reveal\b|\.reveal\b", text_of(path) or "")
    assert not opens or template_name(path) in HETU_PLACES


def test_every_template_is_used() -> None:
    """Asked for by name, an error page of Django or allauth, or in place of a package's own."""
    named_in = "\n".join(
        text_of(p) or "" for p in [*python_files(), *PATHS] if "tests" not in p.parts
    )
    components = ROOT / "templates" / "components"
    unused = []
    for path in PATHS:
        name = template_name(path)
        by_name = f'"{name}"' in named_in or f"'{name}'" in named_in
        by_tag = path.parent == components and f'_component("{path.stem}"' in named_in
        by_django = re.fullmatch(r"(400|403|403_csrf|404|429|500)\.html", name)
        if not (by_name or by_tag or by_django or _overrides(name)):
            unused.append(name)
    assert unused == []


def _overrides(name: str) -> bool:
    packages = Path(django.__file__).parent.parent
    return any(
        (folder / name).exists()
        for pattern in ("django/contrib/*/templates", "allauth/templates", "allauth/*/templates")
        for folder in packages.glob(pattern)
    )


def test_every_included_template_exists() -> None:
    have = {template_name(path) for path in PATHS}
    asked = {
        (named(path), name)
        for path in PATHS
        for name in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)", text_of(path) or "")
    }
    missing = {(place, name) for place, name in asked if name not in have and not _overrides(name)}
    assert missing == set()


def test_every_component_tells_its_context() -> None:
    told = re.compile(r"{% comment %}.*?{% endcomment %}", re.S)
    silent = [
        template_name(path)
        for path in PATHS
        if path.parent.name in {"components", "layout"} and not told.search(text_of(path) or "")
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("inline style", '<p style="color:red">'),
        ("inline script", "<script>go()</script>"),
        ("event attribute", '<a onclick="go()">'),
        ("raw format", "{{ day|date:'Y' }}"),
        ("unescaped", "{{ note|safe }}"),
        ("cached", "{% cache 60 person %}"),
        ("other host", '<script src="//example.org/a.js">'),
    ],
)
def test_the_lint_sees_what_it_forbids(fault: str, text: str) -> None:
    assert FORBIDDEN[fault].search(text)


def test_rooms_keep_their_templates_in_one_place() -> None:
    """One folder per room under templates/, none inside the rooms."""
    assert [named(p) for p in PATHS if p.relative_to(ROOT).parts[0] in WINGS] == []
