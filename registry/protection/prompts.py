"""One prompt per person and web session: a purpose and reason serve for a while (ui 6)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.http import HttpRequest

from registry.persons.models import Person
from registry.persons.stated import Stated
from registry.protection.rule_rows import PROMPT_MINUTES
from vuokra.access.context import current
from vuokra.access.errors import ReasonDemanded
from vuokra.access.views import AccessSpec
from vuokra.policy.roles import Purpose

PROMPTS = Stated("protected_prompts", PROMPT_MINUTES)
HELD: Final = "protection.held"
"""Where the context keeps how to ask what was stated in the web session."""
SAFE: Final = ("GET", "HEAD")


def remember(request: HttpRequest, person: Person, purpose: Purpose) -> None:
    """A purpose and reason were stated for this person's protected details."""
    PROMPTS.remember(request, person.public_id, purpose)


def held(request: HttpRequest, person: Person) -> Purpose | None:
    """The purpose stated for this person while it holds."""
    return PROMPTS.held(request, person.public_id)


def gate(request: HttpRequest, spec: AccessSpec) -> None:
    """Let the doors of other rooms ask what was stated in this web session; asks for nothing
    itself."""
    current().memo[HELD] = partial(_stated, request)


def _stated(request: HttpRequest, about: str) -> Purpose | None:
    """What opens a page, stated for a person by the public id or for a paper. What is posted is not
    lost to the clock: the page that it answers was opened for the reason."""
    if request.method in SAFE:
        return PROMPTS.held(request, about)
    return PROMPTS.earlier(request, about)


def demand(people: Iterable[Person], way: str, *, alone: str = "") -> None:
    """Ask for a purpose and reason before a page tells where protected people of one household live
    (7.3); stated for one of them it serves for all. What tells of several households is opened
    `alone`, by its own id: no reason that was stated for one of them serves for it.

    Raises ReasonDemanded, which leads to `way`, when none was stated in this web session. Jobs and
    commands of the system have no web session, and are asked nothing.
    """
    ctx, covered = current(), list(people)
    stated: Any = ctx.memo.get(HELD)
    if stated is None or not covered:
        return
    if not any(stated(one) for one in ([alone] if alone else [one.public_id for one in covered])):
        ctx.note_denied(Person._meta.db_table, covered[0].pk)
        ctx.note("prompt", "missing")
        raise ReasonDemanded(way)
    ctx.note("prompt", "earlier")
