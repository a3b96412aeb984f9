"""The answer to a reveal: a fragment for htmx, a page of its own without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from vuokra.crypto.values import Masked

SECONDS = 60
"""How long a revealed value is shown. Source: data-protection specification, section 8.3."""


def revealed(
    request: HttpRequest,
    sealed: Masked,
    *,
    what: str | Promise,
    mask: str,
    url: str,
    back: str,
) -> HttpResponse:
    """Open the value in the answer, and nowhere else.

    `what` names the field, `mask` is what shows after the time, `url` reveals anew, `back` is the
    page without the value. Raises as `Masked.reveal`.
    """
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
    }
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
