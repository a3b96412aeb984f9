"""What pages of every room share: forms with errors, what was posted, the number of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

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


def page_number(request: HttpRequest) -> int:
    """The page that the address asks for; the first when it asks for nothing that could be one."""
    number = request.GET.get("sivu", "1")
    return int(number) if number.isdecimal() and len(number) < LONGEST_NUMBER else 1
