"""What the pages of the room share: rights, the segments, people by customer number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.disclosures import queries, rules
from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.access.views import AccessSpec
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role
from vuokra.ui.pages import form_page

READ = ((Group.DISCLOSURE, Level.READ),)
WRITE = ((Group.DISCLOSURE, Level.WRITE),)
READ_PEOPLE = (*READ, (Group.PERSON, Level.READ))
WRITE_PEOPLE = (*WRITE, (Group.PERSON, Level.READ))
WATCHING = (Purpose.OIKEUDET, Purpose.VALVONTA)
DECIDERS = tuple(rules.APPROVERS)
RECORDERS = (Role.SOP, Role.HAK, Role.TAL, Role.PER, Role.REK)
"""Who talks with those who ask: takes their requests, and records what was given by hand."""

_SEGMENTS = (
    ("disclosures:list", gettext_lazy("Luovutukset")),
    ("disclosures:recipients", gettext_lazy("Vastaanottajat")),
    ("disclosures:exports", gettext_lazy("Viennit")),
    ("disclosures:requests", gettext_lazy("Viranomaispyynnöt")),
)


def segments(here: str) -> list[dict[str, Any]]:
    """The lists of the room that the actor may open."""
    actor = current().actor
    found = []
    for name, label in _SEGMENTS:
        spec: AccessSpec = resolve(reverse(name)).func.access  # type: ignore[attr-defined]
        if spec.allows(actor):
            found.append(
                {"label": label, "url": reverse(name), "current": name == here, "count": None}
            )
    return found


def people_by_numbers(form: forms.Form, field: str = "numbers") -> list[Person] | None:
    """The persons of the customer numbers; None, with an error at the field, when one is nobody's.

    What is said is the same for a number that is nobody's and one out of reach.
    """
    people, missing = queries.by_numbers(form.cleaned_data[field])
    if not missing:
        return people
    numbers = ", ".join(map(str, missing))
    text = _("Asiakasnumerolla ei ole ketään: %(numbers)s.")
    form.add_error(field, ValidationError(text, code="nobody", params={"numbers": numbers}))
    return None


def saved_page(
    request: HttpRequest,
    form: Any,
    save: Callable[[], object],
    *,
    template: str,
    back: str,
    done: str | Callable[[object], str],
    after: Callable[[Any], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Save what was posted and go to `back`, an address, or to the one that `after` tells by what
    was saved; otherwise the page with the form, 422 when something was refused and nothing saved.
    `done` says so, by what was saved where it depends."""
    if form.is_bound and form.is_valid() and (made := form.run(save)) is not None:
        messages.success(request, done(made) if callable(done) else done)
        return redirect(after(made) if after else back)
    return form_page(request, template, forms=[form], form=form, back=back, **context)
