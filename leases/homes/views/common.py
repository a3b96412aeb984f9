"""What the pages of homes share: rights, and the shape of a form's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registry.persons.purposes import VIEWING
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import form_page

PURPOSES = VIEWING
READ = ((Group.HOMES, Level.READ),)
WRITE = ((Group.HOMES, Level.WRITE),)
GIVE_KEYS = ((Group.HOMES, Level.READ), (Group.PERSON, Level.READ), (Group.LEASE, Level.WRITE))
METHODS = ["GET", "HEAD", "POST"]


def stock_page(
    request: HttpRequest,
    form: Any,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    back: str,
    crumbs: list[tuple[str, str]],
) -> HttpResponse:
    """Save what was posted and go `back`; otherwise show the form, with 422 and nothing saved when
    the form or the service refused. `crumbs` are addresses and names of the pages above."""
    if form.is_bound and form.is_valid() and form.run(save) is not None:
        messages.success(request, done)
        return redirect(back)
    return form_page(
        request, "homes/form.html", forms=[form], form=form, heading=heading, back=back,
        crumbs=crumbs,
    )  # fmt: skip
