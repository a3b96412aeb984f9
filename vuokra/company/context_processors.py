"""`company` in every template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from vuokra.company.queries import company as find_company


def company(request: HttpRequest) -> dict[str, Any]:
    """The controller's details, read only when a template asks for them."""
    return {"company": SimpleLazyObject(find_company)}
