"""The shape that pages of forms share in which a person of the register may be chosen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from registry.households.picking import Form, Picked, PickFields, sent
from registry.persons.views.common import roles
from vuokra.ui.pages import UNPROCESSABLE, posted


def choosing_form(request: HttpRequest, form_class: type[Form]) -> tuple[Form, Picked]:
    """The form as it was sent to be saved; otherwise one that is only shown, with what was typed.

    Raises as `pick`.
    """
    today = timezone.localdate()

    def make(data: QueryDict | None, initial: dict[str, Any]) -> Form:
        given: dict[str, Any] = {"roles": roles(), "today": today}
        return form_class(data, initial=initial, **given)

    return sent(posted(request), make, today=today)


def choosing_page(
    request: HttpRequest, template: str, form: PickFields, picked: Picked, **context: Any
) -> HttpResponse:
    """The page of the form: 422 when it has errors, or when what was typed cannot be searched."""
    status = UNPROCESSABLE if form.errors or picked.problem else 200
    return render(request, template, context | {"form": form, "picked": picked}, status=status)
