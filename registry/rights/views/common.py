"""What the pages of one request share: rights, the shape of a form, and who was there first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.rights.forms import ActForm
from registry.rights.models import DataRequest, Step
from registry.rights.services import Changed
from vuokra.accounts.queries import staff_names
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import UNPROCESSABLE, number_told, posted

HANDLING = (Purpose.OIKEUDET, Purpose.VALVONTA)
TAKING = (Purpose.OIKEUDET, Purpose.SOPIMUS, Purpose.HAKEMUS)
READ = ((Group.RIGHTS, Level.READ), (Group.PERSON, Level.READ))
WRITE = ((Group.RIGHTS, Level.WRITE), (Group.PERSON, Level.READ))
TAKE_IN = ((Group.RIGHTS, Level.MASKED), (Group.PERSON, Level.READ))
CONFLICT = 409

Form = TypeVar("Form", bound=ActForm)


def form_of(request: HttpRequest, form_class: type[Form], row: DataRequest, **kwargs: Any) -> Form:
    """The form of a step: as it was posted, or to be shown."""
    files = request.FILES if request.method == "POST" else None
    return form_class(posted(request), files, version=row.version, **kwargs)


def act_page(
    request: HttpRequest,
    row: DataRequest,
    form: ActForm,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    button: str = "",
    lead: str = "",
    template: str = "rights/act.html",
    context: Mapping[str, Any] | None = None,
    danger: bool = False,
) -> HttpResponse:
    """Take a step by its form, and go back to the request.

    422 and nothing saved when the form or the service refused; 409 when another was there first:
    then the page says who did what, and what was typed stays.
    """
    if form.is_bound and form.is_valid() and form.took(save):
        messages.success(request, done)
        return redirect("rights:request", row.slug)
    values = {
        "row": row, "form": form, "heading": heading, "button": button, "lead": lead,
        "danger": danger, "meanwhile": told(form.meanwhile), "back": page_of(row),
    }  # fmt: skip
    status = CONFLICT if form.meanwhile else UNPROCESSABLE if form.errors else 200
    return render(request, template, values | dict(context or {}), status=status)


def act_now(
    request: HttpRequest, row: DataRequest, act: Callable[[int], object], done: str
) -> HttpResponse:
    """Take a step that asks nothing, by the version that the page showed."""
    version = request.POST.get("version", "")
    try:
        with transaction.atomic():
            act(number_told(version) or 0)
    except Changed as changed:
        for line in told(changed.steps):
            messages.warning(request, _("Pyyntöä on muutettu sillä välin: %(what)s.") % line)
    except ValidationError as refused:
        for text in refused.messages:
            messages.error(request, text)
    else:
        messages.success(request, done)
    return redirect("rights:request", row.slug)


def told(steps: list[Step]) -> list[dict[str, Any]]:
    """Who did what meanwhile, for the screen; one statement when there is anything."""
    names = staff_names(step.by_id for step in steps if step.by_id)
    return [
        {
            "step": step,
            "by": names.get(step.by_id or 0, _("Järjestelmä")),
            "what": f"{step.get_act_display()}, {names.get(step.by_id or 0, '')}",
        }
        for step in steps
    ]


def page_of(row: DataRequest) -> str:
    """The address of the request's page."""
    return reverse("rights:request", args=[row.slug])
