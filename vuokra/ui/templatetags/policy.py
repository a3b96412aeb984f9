"""Personal values in templates: shown by the policy, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from html import escape
from typing import Any

from django import template
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vuokra.access.context import Actor, current
from vuokra.db.models import choice_labels
from vuokra.policy.fields import classified
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import formatting
from vuokra.ui.fixed import fixed_part

register = template.Library()

FORMS: dict[str, Callable[[Any], str]] = {
    "puh": formatting.phone,
    "eur": formatting.money,
    "tasan": formatting.whole,
    "m2": formatting.area,
    "viite": formatting.reference,
}
"""Forms that the value's type does not tell; dates, moments and decimal numbers need none."""


def _actor(context: Context) -> Actor:
    request = context.get("request")
    found: Actor = (request.access if request is not None else current()).actor
    return found


def _component(state: str, mask: object = "") -> SafeString:
    template = "components/masked_value.html"
    if mask == "":
        return fixed_part(template, state=state)
    return SafeString(render_to_string(template, {"state": state, "mask": mask}).strip())


Cell = Callable[[models.Model, object], SafeString]
"""What one user sees of a field of any row of a model; the second is the mask to be shown."""
EMPTY = SafeString("")


def _cell(actor: Actor, model: type[models.Model], name: str, form: str) -> Cell:
    """The rights of a column, worked out once for all its cells."""
    known = classified(model, name)
    level, attname = actor.level(known.group), known.field.attname
    if level is Level.NONE:
        return lambda row, mask: _component("denied")
    if known.column.encrypted:
        return lambda row, mask: (
            EMPTY if getattr(row, attname) is None else _component("list", mask)
        )
    if level is Level.MASKED:
        return lambda row, mask: _component("list", mask)
    written = _written(known.field, form)

    def shown(row: models.Model, mask: object) -> SafeString:
        value = getattr(row, attname)
        return EMPTY if value is None or value == "" else SafeString(escape(written(value)))

    return shown


def _written(field: models.Field[Any, Any], form: str) -> Callable[[Any], str]:
    """How values of a field are written: by the form named, by their choices, or by their type;
    several as one after another."""
    if isinstance(field, ArrayField):
        one = _written(field.base_field, form)
        return lambda values: ", ".join(map(one, values))
    if form:
        chosen = FORMS[form]
        return lambda value: chosen(value)
    if field.choices:
        labels = choice_labels(field)
        return lambda value: labels.get(value, str(value))
    return _by_type


def _by_type(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return formatting.moment(value)
    if isinstance(value, Decimal):
        return formatting.number(value, max(0, -int(value.as_tuple().exponent)))
    return formatting.date(value) if isinstance(value, dt.date) else str(value)


def personal(
    context: Context, row: models.Model | None, name: str, form: str = "", mask: object = ""
) -> SafeString:
    """A field of a row as the user may see it; what `{% personal %}` writes."""
    return EMPTY if row is None else _shown(_actor(context), row, name, form, mask)


def column(
    context: Context, model: type[models.Model], name: str, form: str = ""
) -> Callable[[models.Model | None], SafeString]:
    """What `{% personal %}` writes of a field, for tags that draw the rows of a table: the rights
    are worked out once for the column."""
    actor = _actor(context)
    cell = _cell_of(actor, model, name, form)
    return lambda row: EMPTY if row is None else cell(row, "")


def _shown(actor: Actor, row: models.Model, name: str, form: str, mask: object) -> SafeString:
    return _cell_of(actor, type(row), name, form)(row, mask)


def _cell_of(actor: Actor, model: type[models.Model], name: str, form: str) -> Cell:
    key = (model, name, form)
    cell: Cell | None = actor.memo.get(key)
    if cell is None:
        cell = actor.memo[key] = _cell(actor, *key)
    return cell


class PersonalNode(template.Node):
    """`{% personal %}`: a node of its own, since a list has hundreds and Django's resolves each
    argument of each anew."""

    def __init__(self, row: Any, given: dict[str, Any], target: str | None) -> None:
        self.row, self.target = row, target
        self.fixed = {name: part.var for name, part in given.items() if _is_literal(part)}
        self.open = {name: part for name, part in given.items() if name not in self.fixed}

    def render(self, context: Context) -> str:
        row = self.row.resolve(context)
        text = EMPTY
        if row is not None:
            given = self.fixed
            if self.open:
                given = given | {name: p.resolve(context) for name, p in self.open.items()}
            text = _shown(
                _actor(context), row, given["name"], given.get("form", ""), given.get("mask", "")
            )
        if self.target is None:
            return text
        context[self.target] = text
        return ""


def _is_literal(part: Any) -> bool:
    return isinstance(part.var, str) and not part.filters


@register.tag("personal")
def _personal(parser: template.base.Parser, token: template.base.Token) -> PersonalNode:
    """A field of a row as the user may see it: `{% personal contact "value" form="puh" %}`.

    With the right to read, the value; encrypted, or with the right to know of it only, dots (or
    `mask`, such as `1986 ••••••`); without a right, the words for that. What may not be shown is
    not read from the row either. No row gives an empty text. `as name` puts it in a variable.

    Raises CatalogueError for a field that the catalogue does not know as personal.
    """
    tag, *bits = token.split_contents()
    target = bits.pop() if bits[-2:-1] == ["as"] else None
    bits = bits[:-1] if target else bits
    given = {"row": bits[0], "name": bits[1]}
    for bit in bits[2:]:
        name, equals, value = bit.partition("=")
        if not equals or name not in ("form", "mask"):
            raise template.TemplateSyntaxError(f"{tag}: what is {bit}?")
        given[name] = value
    parts = {name: parser.compile_filter(text) for name, text in given.items()}
    return PersonalNode(parts.pop("row"), parts, target)


@register.simple_tag(takes_context=True)
def may(context: Context, group: str, level: str) -> bool:
    """Whether the user reaches a level of a field group: `{% may "contact" "write" as x %}`.

    Raises ValueError for an unknown group and KeyError for an unknown level.
    """
    return _actor(context).level(Group(group)) >= Level[level.upper()]
