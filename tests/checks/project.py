"""Where the checks look: the project folder, its tracked files, its templates."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from django.template.base import Node as TemplateNode
from django.template.loader_tags import BlockNode

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
WINGS = ("vuokra", "registry", "leases", "applications")


@cache
def tracked() -> list[Path]:
    """Files that git knows, and new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


@cache
def text_of(path: Path) -> str | None:
    """The text of a file, None when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def python_files() -> list[Path]:
    """Python modules of the project, tests included."""
    return [path for path in tracked() if path.suffix == ".py"]


def templates() -> list[Path]:
    """Every template of the project, in `templates/` or in a room's own folder."""
    return [p for p in tracked() if p.suffix in {".html", ".txt"} and "templates" in p.parts]


def template_name(path: Path) -> str:
    """The name under which a template is asked for."""
    parts = path.parts
    start = len(parts) - 1 - parts[::-1].index("templates")
    return "/".join(parts[start + 1 :])


def walk(node: TemplateNode, skip: frozenset[str] | set[str] = frozenset()) -> list[TemplateNode]:
    """A template node and all below it, but for blocks of the names to skip."""
    if isinstance(node, BlockNode) and node.name in skip:
        return []
    found = [node]
    for attribute in node.child_nodelists:
        for child in getattr(node, attribute, None) or []:
            found += walk(child, skip)
    return found


__all__ = ["ROOT", "TEMPLATES", "WINGS", "python_files", "template_name", "templates",
           "text_of", "tracked", "walk"]  # fmt: skip
