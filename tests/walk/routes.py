"""Every address of the product, and whether its view says what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

from vuokra.access.views import AccessSpec


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver. `key` names it: its view's name, or the route without one."""

    key: str
    route: str
    view: Any

    @property
    def spec(self) -> AccessSpec | None:
        return getattr(self.view, "access", None)


def routes() -> list[Route]:
    """Every pattern of the resolver."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: Any, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield Route(
                ":".join([*spaces, entry.name]) if entry.name else route, route, entry.callback
            )
        else:
            own = (entry.namespace,) if entry.namespace else ()
            yield from _walk(entry, route, (*spaces, *own))
