"""Strings of the screen and their English: finding them in code and templates, merging, compiling.

Finnish is the msgid. Works without the gettext programs, by Python's own parser, Django's
`templatize` and polib. Used by `manage.py update_messages` and by the checks.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

SOURCE_FOLDERS = ("vuokra", "registry", "leases", "applications", "templates")
SINGULAR = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
PLURAL = frozenset({"ngettext", "ngettext_lazy"})
CONTEXT = frozenset({"pgettext", "pgettext_lazy"})
CONTEXT_PLURAL = frozenset({"npgettext", "npgettext_lazy"})

CALL = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")
BRACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")

Key = tuple[str | None, str]


@dataclass(slots=True)
class Message:
    """One string to translate, and the files that hold it."""

    msgid: str
    plural: str = ""
    context: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """What tells it from other messages of the catalogue."""
        return self.context, self.msgid


class UnreadableMessage(ValueError):
    """A gettext call whose text is not a literal: it could never be translated."""


def catalogue_path(root: Path) -> Path:
    """The English catalogue under the project folder."""
    return root / "locale" / "en" / "LC_MESSAGES" / "django.po"


def collect(root: Path) -> dict[Key, Message]:
    """Every string of the project's code and templates.

    Raises UnreadableMessage, naming file and line, for a gettext call without a literal.
    """
    found: dict[Key, Message] = {}
    for path in sources(root):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(root))
        messages = (
            in_template(text, name) if path.suffix in {".html", ".txt"} else in_code(text, name)
        )
        for message in messages:
            known = found.setdefault(message.key, message)
            known.files.add(name)
            known.plural = known.plural or message.plural
    return found


def sources(root: Path) -> Iterator[Path]:
    """Python modules and templates of the product."""
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            in_templates = "templates" in path.parts and path.suffix in {".html", ".txt"}
            if path.suffix == ".py" or in_templates:
                yield path


def in_code(text: str, name: str) -> Iterator[Message]:
    """The messages of gettext calls in Python code."""
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.Call) and (message := _from_call(node, name)):
            yield message


def _from_call(node: ast.Call, name: str) -> Message | None:
    called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    shape = {
        **dict.fromkeys(SINGULAR, ("msgid",)),
        **dict.fromkeys(PLURAL, ("msgid", "plural")),
        **dict.fromkeys(CONTEXT, ("context", "msgid")),
        **dict.fromkeys(CONTEXT_PLURAL, ("context", "msgid", "plural")),
    }.get(called)
    if shape is None or (isinstance(node.func, ast.Attribute) and called == "_"):
        return None
    texts = [a.value if isinstance(a, ast.Constant) else None for a in node.args[: len(shape)]]
    if len(texts) < len(shape) or not all(isinstance(t, str) for t in texts):
        raise UnreadableMessage(f"{name}:{node.lineno}: {called}() without a literal text")
    return Message(**dict(zip(shape, texts, strict=True)), files={name})  # type: ignore[arg-type]


def in_template(text: str, name: str) -> Iterator[Message]:
    """The messages of translate and blocktranslate tags and of `_()` in a template.

    `templatize` writes them as gettext calls among x's; only the calls are Python.
    """
    code = templatize(text, origin=name)
    for found in CALL.finditer(code):
        yield from in_code(_call(code[found.start() :]), name)


def _call(code: str) -> str:
    """The call that the code starts with, up to its closing bracket."""
    depth = 0
    lines = code.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.OP:
            depth += {"(": 1, ")": -1}.get(token.string, 0)
            if depth == 0:
                row, column = token.end
                return "".join(lines[: row - 1]) + lines[row - 1][:column]
    raise UnreadableMessage(code[:40])


def merge(catalogue: polib.POFile, messages: dict[Key, Message]) -> tuple[int, int]:
    """Add new messages without a translation, drop those no longer used, name their files.

    Returns how many were added and dropped.
    """
    old = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    catalogue.clear()
    for key in sorted(messages, key=lambda key: (key[1], key[0] or "")):
        catalogue.append(_entry(messages[key], old.get(key)))
    return len(messages.keys() - old.keys()), len(old.keys() - messages.keys())


def _entry(message: Message, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid,
        msgid_plural=message.plural,
        msgctxt=message.context,
        occurrences=[(name, "") for name in sorted(message.files)],
    )
    if message.plural:
        kept = old.msgstr_plural if old is not None else {}
        entry.msgstr_plural = {0: kept.get(0, ""), 1: kept.get(1, "")}
    elif old is not None:
        entry.msgstr = old.msgstr
    if "%" in message.msgid and BRACES.search(message.msgid):
        entry.flags.append("python-format")
    return entry


def untranslated(catalogue: polib.POFile) -> list[str]:
    """Messages without English, and those whose English lacks or adds a placeholder."""
    faults = []
    for entry in catalogue:
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        wanted = set(BRACES.findall(entry.msgid_plural or entry.msgid))
        if not texts or not all(texts):
            faults.append(f"no English: {entry.msgid}")
        elif set(BRACES.findall(texts[-1])) != wanted:
            faults.append(f"placeholders differ: {entry.msgid}")
    return faults
