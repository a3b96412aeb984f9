"""Changes of person: who comes in a tenant's place, the flat handed over, requests answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leases.contracts import queries, services
from leases.contracts.forms import AnswerForm, HandOverForm, SuccessionForm
from leases.contracts.models import Answer, PersonChange
from leases.contracts.rules.changes import Change
from leases.contracts.views.common import (
    METHODS,
    PURPOSES,
    WRITE,
    lease_form,
    row_of,
)
from registry.households.picking import sent
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.pages import posted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

EXPLAIN: Final[Mapping[Change, StrOrPromise]] = {
    Change.FAMILY: gettext_lazy(
        "Puolisolle, perheeseen kuuluvalle lapselle tai vanhemmalle voi siirtää ilman lupaa. "
        "Vuokralaisen on ilmoitettava siirrosta heti kirjallisesti."
    ),
    Change.PERMITTED: gettext_lazy(
        "Muulle voi siirtää vain vuokranantajan luvalla. Jos yhtiö ei vastaa ajoissa, "
        "vuokralainen saa irtisanoa sopimuksen."
    ),
    Change.DEATH: gettext_lazy(
        "Kuolinpesä vastaa vuokrasta, kunnes joku jatkaa sopimusta. Jatkajasta tulee "
        "vuokralainen ilmoitusta seuraavasta päivästä. Se ei ole asukasvalinta."
    ),
    Change.COURT: gettext_lazy(
        "Kirjaa lainvoimainen päätös, jolla vuokrasuhdetta jatkaa puolisoista toinen."
    ),
}


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def succeed(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Somebody comes into the lease in a tenant's place."""
    row, today, kind = row_of(pk), timezone.localdate(), Change(change)
    tenants = [one for one in row.tenants if one.valid_to is None]
    form, picked = sent(
        posted(request),
        lambda data, initial: SuccessionForm(data, initial=initial, tenants=tenants, change=kind),
        today=today,
    )

    def save() -> PersonChange:
        given = form.succession(picked.person)
        if kind == Change.DEATH:
            return services.continue_after_death(row.lease, given, today=today)
        return services.transfer(row.lease, kind, given, today=today)

    return lease_form(
        request, row, form, save, picked=picked, heading=str(kind.label),
        explain=str(EXPLAIN[kind]),
        done=_("Pyyntö on kirjattu. Vastaa siihen ajoissa.") if kind == Change.PERMITTED
        else _("Henkilövaihdos on kirjattu."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole flat is handed over for a time."""
    row, today = row_of(pk), timezone.localdate()
    form, picked = sent(
        posted(request), lambda data, initial: HandOverForm(data, initial=initial), today=today
    )

    def save() -> PersonChange:
        given = form.cleaned_data
        return services.hand_over(
            row.lease, told_on=given["told_on"], starts_on=given["effective_on"],
            ends_on=given["ends_on"], reason=given["reason"], today=today,
            coming=picked.chosen,
        )  # fmt: skip

    return lease_form(
        request, row, form, save, picked=picked, heading=str(Change.HANDOVER.label),
        done=_("Luovutus on kirjattu."),
        explain=_(
            "Vuokralainen saa luovuttaa huoneiston määräajaksi työn, opintojen, sairauden tai "
            "muun sellaisen syyn vuoksi. Hän vastaa sopimuksesta edelleen."
        ),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def answer_change(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """The company answers to a request to transfer the lease."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.change_of(row, change)
    form = AnswerForm(posted(request), initial={"on": today})

    def save() -> PersonChange:
        given = form.cleaned_data
        return services.answer(
            known, Answer(given["answer"]), on=given["on"],
            effective_on=given["effective_on"], today=today,
        )  # fmt: skip

    return lease_form(
        request, row, form, save, heading=_("Vastaa siirtopyyntöön"),
        done=_("Vastaus on kirjattu."),
        explain=_("Luvan voi evätä, jos siihen on hyväksyttävä syy (AHVL 44 §)."),
    )  # fmt: skip
