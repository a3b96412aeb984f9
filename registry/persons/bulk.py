"""What can be done to chosen people of the list: rooms register actions.

Each is shown first: how many, who is left out and why, and a button that says the number (ui 5.3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.persons import outgoing, queries
from registry.persons.exports import Format
from registry.persons.forms import ReasonForm
from registry.persons.queries import Filters
from registry.persons.views.common import EXPORTERS, purposes_held
from vuokra.access.context import Actor
from vuokra.policy.roles import Role


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom an action would deal with, in words: a question, the button, who is left out, and what
    else must be known before."""

    count: int
    question: str
    button: str
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An action on chosen people; `url_name` is posted to when it was confirmed, with the same
    filters and choice and the fields of `form`."""

    code: str
    label: str | Promise
    icon: str
    order: int
    url_name: str
    weigh: Callable[[Filters, date], Choice]
    form: Callable[[], forms.Form]
    roles: frozenset[Role]

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor has a role that may do it."""
        return bool(self.roles & actor.roles)


_actions: dict[str, BulkAction] = {}


def register(action: BulkAction) -> None:
    """Offer an action in the bulk bar; called from a room's `AppConfig.ready`."""
    _actions[action.code] = action


def actions_for(actor: Actor) -> list[BulkAction]:
    """What the actor may do to chosen people, in order."""
    return sorted((a for a in _actions.values() if a.open_to(actor)), key=lambda a: a.order)


def action_of(code: str, actor: Actor) -> BulkAction | None:
    """The action of a code, when the actor may do it."""
    return next((action for action in actions_for(actor) if action.code == code), None)


class ExportForm(ReasonForm):
    """Why people are taken out, and in what kind of file."""

    muoto = forms.ChoiceField(
        label=gettext_lazy("Tiedosto"), choices=Format.choices, initial=Format.CSV
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields |= outgoing.door().fields(timezone.localdate())
        if self.is_bound:  # what was not posted is the usual: purpose of the role, CSV, own use
            for field in self.fields.values():
                field.required = False


def weigh_export(filters: Filters, today: date) -> Choice:
    """Whom an export would hold: nobody under turvakielto (data-protection 7.3, T2), and nobody
    whose data may not be processed (6.6)."""
    found = queries.preview(filters, today=today)
    if found.more:
        button = _("Vie yli %(count)s henkilöä") % {"count": found.count}
        question = _("Viedäänkö yli %(count)s henkilön tiedot?") % {"count": found.count}
    else:
        counted = {"count": found.count}
        button = ngettext("Vie %(count)s henkilö", "Vie %(count)s henkilöä", found.count) % counted
        question = ngettext(
            "Viedäänkö %(count)s henkilön tiedot?", "Viedäänkö %(count)s henkilön tiedot?",
            found.count,
        ) % counted  # fmt: skip
    left_out = []
    if found.protected:
        left_out.append(
            ngettext(
                "%(count)s henkilö jätetään pois: turvakielto.",
                "%(count)s henkilöä jätetään pois: turvakielto.",
                found.protected,
            )
            % {"count": found.protected}
        )
    if found.restricted:
        left_out.append(
            ngettext(
                "%(count)s henkilö jätetään pois: tietojen käsittelyä on rajoitettu.",
                "%(count)s henkilöä jätetään pois: tietojen käsittelyä on rajoitettu.",
                found.restricted,
            )
            % {"count": found.restricted}
        )
    notes = list(outgoing.door().notes(found.count, today))
    return Choice(found.count, question, button, left_out, notes)


EXPORT = BulkAction(
    code="vienti",
    label=gettext_lazy("Vie tiedostoon"),
    icon="file-down",
    order=10,
    url_name="persons:export",
    weigh=weigh_export,
    form=lambda: ExportForm(purposes=purposes_held(), initial={"muoto": Format.CSV}),
    roles=frozenset(EXPORTERS),
)
register(EXPORT)
