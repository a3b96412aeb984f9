"""Error pages: a missing right by its name, and faults with an id to quote. No data, no query."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from vuokra.access.errors import (
    CaseDemanded,
    FunctionDenied,
    NeighbourAsked,
    ReadOnlyDenied,
    ReasonDemanded,
    TiedDenied,
)
from vuokra.policy import rights
from vuokra.policy.rights import Level
from vuokra.ui.formatting import moment


def level_name(level: Level) -> str:
    """The level of a right in words."""
    return {
        Level.NONE: _("ei oikeutta"),
        Level.MASKED: _("peitettynä"),
        Level.READ: _("katselu"),
        Level.WRITE: _("muuttaminen"),
    }[level]


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a function that the user has no right to, named, and who has it; or one's own record.
    What opens for a stated reason leads to the page that asks for it."""
    if isinstance(exception, ReasonDemanded):
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": exception.way})
        return redirect(exception.way)
    if isinstance(exception, TiedDenied):
        return render(request, "403_tied.html", {"way": exception.way}, status=403)
    if isinstance(exception, NeighbourAsked):
        return render(request, "403_neighbour.html", {"way": exception.way}, status=403)
    context: dict[str, object] = {
        "right": "", "level": "", "holders": [],
        "read_only": isinstance(exception, ReadOnlyDenied),
        "needs_case": isinstance(exception, CaseDemanded),
    }  # fmt: skip
    if isinstance(exception, FunctionDenied):
        context |= {
            "right": exception.group.label,
            "level": level_name(exception.level),
            "holders": [role.label for role in rights.roles_with(exception.group, exception.level)],
        }
    if isinstance(exception, CaseDemanded):
        context |= {"right": exception.group.label}
    return render(request, "403.html", context, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; the id leads to the access event and the log."""
    access = getattr(request, "access", None)
    context = {"quote": str(access.id)[:8] if access else "", "at": moment(timezone.now())}
    return HttpResponse(render_to_string("500.html", context), status=500)
