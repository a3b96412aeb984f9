"""Template tags of rules: `{% why value %}` beside what was computed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from vuokra.policy.text import Bilingual
from vuokra.rules.kinds import Kind, Value, read
from vuokra.rules.models import RuleVersion
from vuokra.rules.queries import RuleValue
from vuokra.rules.registry import Spec, spec
from vuokra.ui import formatting

register = template.Library()


@register.inclusion_tag("components/why.html")
def why(value: RuleValue, *more: RuleValue, what: str = "") -> dict[str, Any]:
    """Miksi? – the rules that a date or sum follows: `{% why rule other_rule what=… %}`.

    `what` names, for a screen reader, what was computed; without it the rule's title does.
    """
    return {"values": [value, *more], "what": what or value.title}


@register.filter
def rule_value(value: RuleValue) -> str:
    """The value of a rule with its unit, as it is read: `30 pv`, `7,5 %`, `kyllä`."""
    return _with_unit(value.value, value.label, value.unit)


@register.filter
def row_value(row: RuleVersion) -> str:
    """The value of a version with its rule's unit, as it is read."""
    one = spec(row.key)
    return written_value(read(Kind(row.kind), row.value), one)


@register.filter
def written_value(value: Value, one: Spec) -> str:
    """A value of a rule that is not saved yet, as it is read."""
    return _with_unit(value, one.choices.get(str(value)), one.unit)


def _with_unit(value: Value, label: Bilingual | None, unit: Bilingual) -> str:
    text = str(label) if label else _plain(value)
    return f"{text}{formatting.NBSP}{unit}" if unit.fi else text


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return formatting.number(value, -exponent if isinstance(exponent, int) else 0)
    if isinstance(value, int):
        return formatting.number(value, 0)
    return value if isinstance(value, str) else formatting.date(value)
