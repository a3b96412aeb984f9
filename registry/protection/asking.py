"""The page that asks for what the protected data of a household are opened, for rooms above.

Such a page tells neither where the household lives nor who it is: whoever answers has stated a
purpose and a reason before either shows. The answer serves for a while (`prompts`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registry.persons.models import Person
from registry.persons.purposes import held
from registry.protection import prompts
from registry.protection.forms import RevealForm
from registry.protection.tasks import tell_registrar
from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import form_page, posted

NEEDS = (Group.PROTECTED_CONTACT, Level.MASKED)
"""The right without which nobody is asked."""


def ask(
    request: HttpRequest, people: Collection[Person], *, to: str, alone: str = "", **words: Any
) -> HttpResponse:
    """Ask, or take the answer and go `to`; the registrar is told and the event is a reveal. The
    answer serves for the people, and for what is opened `alone` (`prompts.demand`). `words` of the
    page: title, explain, button, and back, where one came from."""
    form = RevealForm(posted(request), purposes=held(current().actor))
    if form.is_bound and form.is_valid():
        take(request, form, people, alone=alone)
        return redirect(to)
    return form_page(request, "protection/household.html", forms=[form], form=form, **words)


def take(
    request: HttpRequest, form: RevealForm, people: Collection[Person], *, alone: str = ""
) -> None:
    """What follows an answered prompt: the event is a reveal for its purpose and reason, the answer
    serves for a while for the people and for what is opened `alone`, and the registrar is told."""
    ctx, purpose = current(), Purpose(form.cleaned_data["reason"])
    ctx.reason = form.cleaned_data["reason_text"]
    for person in people:
        prompts.remember(request, person, purpose)
    if alone:
        prompts.PROMPTS.remember(request, alone, purpose)
    opened(people, purpose)


def opened(people: Iterable[Person], purpose: Purpose) -> None:
    """Their protected data are opened for a purpose: the event is a reveal, and the registrar is
    told of it."""
    ctx = current()
    ctx.action, ctx.purpose = Action.REVEAL, purpose
    for person in people:
        tell_registrar.enqueue(person.pk)
