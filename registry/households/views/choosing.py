"""The shape that pages of forms share in which a person of the register may be chosen."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.households.picking import Picked, PickFields, pick
from registry.persons.views.common import roles
from vuokra.ui.pages import UNPROCESSABLE

Form = TypeVar("Form", bound=PickFields)


def choosing_form(request: HttpRequest, form_class: type[Form]) -> tuple[Form, Picked]:
    """The form as it was sent to be saved; otherwise one that is only shown, with what was typed.

    Raises as `pick`.
    """
    today = timezone.localdate()
    given: dict[str, Any] = {"roles": roles(), "today": today}
    if request.method != "POST":
        return form_class(**given), Picked()
    picked = pick(request.POST, today=today)
    if picked.searched:
        return form_class(initial=picked.initial, **given), picked
    return form_class(request.POST, **given), picked


def choosing_page(
    request: HttpRequest, template: str, form: PickFields, picked: Picked, **context: Any
) -> HttpResponse:
    """The page of the form: 422 when it has errors, or when what was typed cannot be searched."""
    status = UNPROCESSABLE if form.errors or picked.problem else 200
    return render(request, template, context | {"form": form, "picked": picked}, status=status)
