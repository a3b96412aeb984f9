"""The answer to a reveal: a fragment for htmx, a page of its own without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from vuokra.access.context import peek

SECONDS = 60
"""How long a revealed value is shown. Source: data-protection specification, section 8.3."""


class Revealable(Protocol):
    """An encrypted value (`vuokra.crypto.values.Masked`), or what is opened as one."""

    def reveal(self) -> str:
        """The text; the access event records it first."""


def revealed(
    request: HttpRequest,
    sealed: Revealable,
    *,
    what: str | Promise,
    url: str,
    back: str,
    mask: str = "",
    reasons: Sequence[Any] = (),
) -> HttpResponse:
    """Open the value in the answer, and nowhere else.

    `what` names the field, `mask` is what shows after the time (dots by default), `url` reveals
    anew, for one of the `reasons` where the field demands one, `back` is the page without the
    value. Raises as `Masked.reveal`.
    """
    ctx = peek()
    purpose = ctx.purpose if ctx else None
    fragment = request.headers.get("HX-Request") == "true"
    template = "components/masked_value.html" if fragment else "layout/reveal.html"
    context = {
        "state": "revealed",
        "sealed": sealed,
        "seconds": SECONDS,
        "what": what,
        "mask": mask,
        "url": url,
        "back": back,
        "reasons": reasons,
        "purpose": purpose.label if purpose and not reasons else "",
    }
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
