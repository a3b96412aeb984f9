"""What the pages of applications share: rights, the shape of a form's page, acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from applications.intake.codes import Corrected, State
from applications.intake.forms import DropForm
from applications.intake.models import Application
from applications.intake.queries import page as queries
from applications.intake.queries.listing import ApplicationRow, View
from registry.households.picking import Picked
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui import pages
from vuokra.ui.listing import PART, address
from vuokra.ui.pages import posted, save_page

PURPOSES = (Purpose.HAKEMUS, Purpose.ASUKASVALINTA)
READ = ((Group.PERSON, Level.READ), (Group.NEED, Level.READ))
PAPERS = (*READ, (Group.HETU, Level.MASKED))
"""Papers as they came tell what columns close, identity codes among it: they open to those alone
who may open a code."""
WRITE = ((Group.PERSON, Level.READ), (Group.NEED, Level.WRITE))
METHODS = ["GET", "HEAD", "POST"]
CHECKING = "tarkistus"
"""Says in an address that one comes from checking, and from which view of the list."""
LISTED = "lista"
"""Says in an address that one comes from the list, and from which view."""


def row_of(number: str, *, asking: bool = False) -> ApplicationRow:
    """The application of an address, as of today; `asking` on the page that asks for what a
    neighbour's is opened."""
    return queries.application_by_number(number, today=timezone.localdate(), asking=asking)


def page_of(application: Application) -> str:
    """The address of an application's page."""
    return reverse("applications:application", args=[application.number])


def view_of(code: str) -> View | None:
    """The view of the list that an address names; None for an odd one."""
    return View(code) if code in View.values else None


def review_of(number: str, view: View | None) -> str:
    """The address where an application is checked, with the view of the list that it is one of."""
    here = reverse("applications:review", args=[number])
    return f"{here}?{address({PART: view.value})}" if view else here


def back_of(request: HttpRequest, row: ApplicationRow) -> str:
    """Where one came from: the page of an application, where it is checked, or a list."""
    if (code := request.GET.get(LISTED)) is not None:
        view = view_of(code)
        return f"{reverse('applications:list')}?{address({PART: view.value if view else ''})}"
    code = request.GET.get(CHECKING)
    if code is None:
        return page_of(row.application)
    return review_of(row.application.number, view_of(code))


def is_draft(row: ApplicationRow) -> bool:
    """Whether nothing of it was received yet, so that a change is no correction."""
    return row.application.state == State.DRAFT


def application_form(
    request: HttpRequest,
    row: ApplicationRow,
    form: Any,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    explain: str = "",
    picked: Picked | None = None,
    removes: bool = False,
    part: models.Model | None = None,
    to: str = "",
) -> HttpResponse:
    """A form of an application, saved or shown. `explain` tells what the step is for, `removes`
    that it takes something away, such as a `part` of it; it leads `to` an address, or back."""
    return save_page(
        request, "applications/form.html", form, save, done=done, back=back_of(request, row), to=to,
        row=row, heading=heading, explain=explain, picked=picked, removes=removes,
        part=part,
    )  # fmt: skip


def take_out(
    request: HttpRequest,
    row: ApplicationRow,
    part: models.Model,
    drop: Callable[[Corrected | None], None],
    *,
    heading: str,
    done: str,
    explain: str = "",
) -> HttpResponse:
    """Ask whether a part is really taken out, and as whose correction; then take it out."""
    form = DropForm(posted(request), draft=is_draft(row))

    def save() -> ApplicationRow:
        drop(form.corrected)
        return row

    return application_form(
        request, row, form, save, heading=heading, done=done, explain=explain, removes=True,
        part=part,
    )  # fmt: skip


def act(
    request: HttpRequest, row: ApplicationRow, do: Callable[[], object], *, done: str
) -> HttpResponse:
    """Do something that needs no form, say what happened or why not, and go back."""
    return pages.act(request, back_of(request, row), do, done=done)
