"""`{% load crypto %}{% reveal person.hetu %}`: the one way a template opens an encrypted value.

The text goes straight to the output: it never is in the template's context, which a debugging
page would print.
"""

from __future__ import annotations

from django import template

from vuokra.crypto.values import Masked

register = template.Library()


@register.simple_tag
def reveal(value: Masked | None) -> str:
    """The revealed text, or an empty text when there is no value. Raises as Masked.reveal."""
    return "" if value is None else value.reveal()
