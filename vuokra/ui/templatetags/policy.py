"""Personal values in templates: shown by the policy, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import template
from django.db import models
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from vuokra.access.context import Actor, current
from vuokra.policy.fields import classified
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import formatting

register = template.Library()

FORMS: dict[str, Callable[[Any], str]] = {
    "puh": formatting.phone,
    "eur": formatting.money,
    "m2": formatting.area,
    "viite": formatting.reference,
}
"""Forms that the value's type does not tell; dates and moments need none."""


def _actor(context: Context) -> Actor:
    request = context.get("request")
    found: Actor = (request.access if request is not None else current()).actor
    return found


def _text(row: models.Model, field: models.Field[Any, Any], form: str) -> SafeString:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return SafeString("")
    if form:
        return conditional_escape(FORMS[form](value))
    if field.choices:
        return conditional_escape(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, dt.datetime):
        return conditional_escape(formatting.moment(value))
    if isinstance(value, dt.date):
        return conditional_escape(formatting.date(value))
    return conditional_escape(value)


def _component(state: str, mask: object = "") -> SafeString:
    html = render_to_string("components/masked_value.html", {"state": state, "mask": mask})
    return SafeString(html.strip())


@register.simple_tag(takes_context=True)
def personal(
    context: Context, row: models.Model | None, name: str, form: str = "", mask: object = ""
) -> SafeString:
    """A field of a row as the user may see it: `{% personal contact "value" form="puh" %}`.

    With the right to read, the value; encrypted, or with the right to know of it only, dots (or
    `mask`, such as `1986 ••••••`); without a right, the words for that. What may not be shown is
    not read from the row either. No row gives an empty text.

    Raises CatalogueError for a field that the catalogue does not know as personal.
    """
    if row is None:
        return SafeString("")
    known = classified(type(row), name)
    level = _actor(context).level(known.group)
    if level is Level.NONE:
        return _component("denied")
    if known.column.encrypted and getattr(row, known.field.attname) is None:
        return SafeString("")
    if known.column.encrypted or level is Level.MASKED:
        return _component("list", mask)
    return _text(row, known.field, form)


@register.simple_tag(takes_context=True)
def may(context: Context, group: str, level: str) -> bool:
    """Whether the user reaches a level of a field group: `{% may "contact" "write" as x %}`.

    Raises ValueError for an unknown group and KeyError for an unknown level.
    """
    return _actor(context).level(Group(group)) >= Level[level.upper()]
