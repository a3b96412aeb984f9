"""What pages of every room share: forms saved or shown with errors, acts without a form, what was
posted, the number of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

UNPROCESSABLE = 422
LONGEST_NUMBER = 9


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, or None when the form is only shown."""
    return request.POST if request.method == "POST" else None


def form_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page with `forms`: 422 when one of them has errors."""
    forms: Sequence[Any] = context["forms"]
    status = UNPROCESSABLE if any(form.is_bound and form.errors for form in forms) else 200
    return render(request, template, context, status=status)


def save_page(
    request: HttpRequest,
    template: str,
    form: Any,
    save: Callable[[], object],
    *,
    done: str,
    back: str,
    to: str | Callable[[Any], str] = "",
    **context: Any,
) -> HttpResponse:
    """Save what was posted and go `back`, or `to` another page: one that is told when nothing is
    left to go back to, or that of what `save` made; otherwise show the form, with 422 and nothing
    saved when the form or the service refused. The form is a `vuokra.ui.forms.RunsService`."""
    made = form.run(save) if form.is_bound and form.is_valid() else None
    if made is not None:
        messages.success(request, done)
        return redirect(to(made) if callable(to) else to or back)
    return form_page(request, template, forms=[form], form=form, back=back, **context)


def act(request: HttpRequest, back: str, do: Callable[[], object], *, done: str) -> HttpResponse:
    """Do something that needs no form, say what happened or why not, and go `back`."""
    try:
        with transaction.atomic():
            do()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, done)
    return redirect(back)


def page_number(request: HttpRequest) -> int:
    """The page that the address asks for; the first when it asks for nothing that could be one."""
    return number_told(request.GET.get("sivu", "")) or 1


def number_told(text: str) -> int | None:
    """The number that a part of an address or a hidden field tells; None for what is no number, or
    too long for one that we gave."""
    whole = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if whole else None
