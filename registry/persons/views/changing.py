"""The shape that the pages of one form about a person share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registry.persons.models import Person
from vuokra.ui.pages import form_page


def change_page(
    request: HttpRequest,
    person: Person,
    form: Any,
    save: Callable[[], object],
    *,
    done: str,
    heading: str = "",
    back: str = "",
    template: str = "persons/form.html",
) -> HttpResponse:
    """Save what was posted and go to the card (or `back`, the name of a page); otherwise show the
    form, with 422 and nothing saved when the form or the service refused. `save` calls the service
    with the form's cleaned data."""
    if form.is_bound and form.is_valid() and form.run(save) is not None:
        messages.success(request, done)
        return redirect(back) if back else redirect("persons:card", person.public_id)
    return form_page(request, template, forms=[form], form=form, person=person, heading=heading)
