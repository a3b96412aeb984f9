"""What becomes of a row in a merge, by its id."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(fates: Mapping[int, str], row: int) -> str:
    """The words for a row: `{{ fates|of:point.pk }}`; empty when it simply moves or stays."""
    return fates.get(row, "")
