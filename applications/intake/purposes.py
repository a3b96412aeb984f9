"""For what the application of a neighbour is opened (A1): stated once, it serves for a while.

As on the card of a person, under the number of the application: one statement serves for the whole
household, and for the pages of that application alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest

from registry.persons.rule_rows import PURPOSE_MINUTES
from registry.persons.stated import Stated
from vuokra.policy.roles import Purpose

STATED: Final = Stated("stated_applications", PURPOSE_MINUTES)


def stated(request: HttpRequest, kwargs: Mapping[str, Any]) -> Purpose | None:
    """What was stated for the application of the address, while it holds."""
    return STATED.held(request, str(kwargs.get("number", "")))
