"""Template tag of protected details: what the reason prompt offers."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from registry.persons.models import Person
from registry.protection.shown import reasons_for

register = template.Library()


@register.simple_tag(takes_context=True)
def reveal_reasons(context: RequestContext, person: Person) -> list[dict[str, Any]]:
    """The choices of the prompt for this person; none while a stated purpose still serves."""
    return reasons_for(context["request"], person)
