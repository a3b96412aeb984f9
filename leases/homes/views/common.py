"""What the pages of homes share: rights, and the shape of a form's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from registry.households.picking import Picked
from registry.persons.purposes import VIEWING
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import save_page

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
    picked: Picked | None = None,
) -> HttpResponse:
    """A form of the stock, saved or shown. `crumbs` are addresses and names of the pages above,
    `picked` whom the form chooses."""
    return save_page(
        request, "homes/form.html", form, save, done=done, back=back, heading=heading,
        crumbs=crumbs, picked=picked,
    )  # fmt: skip
