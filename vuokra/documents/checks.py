"""Lint of document templates: identity codes where the law demands them, nothing from outside.

Source: data-protection specification, 8.3 (tietosuojalaki 29 §, last subsection: an identity code
is not entered needlessly in documents).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.core.checks import CheckMessage, Error

from vuokra.documents import registry
from vuokra.documents.registry import Kind

_HETU = re.compile(r"hetu|henkil[öo]tunnu|identity[-_ ]code", re.I)
_OUTSIDE = re.compile(
    r"#?\b(?:import|include)\b\s*[\"@]|\b(?:eval|read|image|plugin|csv|yaml|toml|xml)\s*\(", re.I
)


def findings(kinds: Iterable[Kind]) -> Iterator[CheckMessage]:
    """What is wrong with the templates of these kinds."""
    for kind in kinds:
        for language in kind.languages:
            try:
                source = _without_comments(kind.source(language))
            except (OSError, KeyError):
                yield Error(f"{kind.key}: no template for {language}.", id="vuokra_documents.E001")
                continue
            if _HETU.search(source) and not kind.hetu:
                yield Error(
                    f"{kind.key}: the template shows an identity code without Kind.hetu.",
                    hint="Leave the code out, or state hetu=True where a law demands it.",
                    id="vuokra_documents.E002",
                )
            if _OUTSIDE.search(source):
                yield Error(
                    f"{kind.key}: the template reads something from outside its data.",
                    id="vuokra_documents.E003",
                )


def check_templates(**kwargs: object) -> list[CheckMessage]:
    """System check of every registered kind."""
    return list(findings(registry.kinds()))


def _without_comments(source: str) -> str:
    return re.sub(r"(?m)^\s*//.*$", "", source)
