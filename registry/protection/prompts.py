"""One prompt per person and web session: a purpose and reason serve for a while (ui 6)."""

from __future__ import annotations

from django.http import HttpRequest

from registry.persons.models import Person
from registry.persons.stated import Stated
from registry.protection.rule_rows import PROMPT_MINUTES
from vuokra.policy.roles import Purpose

PROMPTS = Stated("protected_prompts", PROMPT_MINUTES)


def remember(request: HttpRequest, person: Person, purpose: Purpose) -> None:
    """A purpose and reason were stated for this person's protected details."""
    PROMPTS.remember(request, person.public_id, purpose)


def held(request: HttpRequest, person: Person) -> Purpose | None:
    """The purpose stated for this person while it holds."""
    return PROMPTS.held(request, person.public_id)
