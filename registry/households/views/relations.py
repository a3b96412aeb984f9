"""Pages of relations: adding, ending and correcting one, and opening what is sealed of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from registry.households import queries, services
from registry.households.card import reasons
from registry.households.forms import CommitmentForm, GuardianForm, RelationForm, TrusteeshipForm
from registry.households.models import (
    Commitment,
    CommitmentKind,
    Guardian,
    RelationFields,
    TrusteeKind,
    Trusteeship,
)
from registry.households.views.choosing import choosing_form, choosing_page
from registry.persons import queries as persons
from registry.persons.forms import EndForm
from registry.persons.models import Person
from registry.persons.purposes import VIEWING
from registry.persons.views.common import state_reason, to_card
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import form_page
from vuokra.ui.reveals import Revealable, revealed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GUARDIANSHIP = ((Group.PERSON, Level.READ), (Group.GUARDIANSHIP, Level.WRITE))
COMMITMENT = ((Group.PERSON, Level.READ), (Group.COMMITMENT, Level.WRITE))
OPEN_GUARDIANSHIP = ((Group.PERSON, Level.READ), (Group.GUARDIANSHIP, Level.MASKED))
OPEN_GUARDIAN = ((Group.PERSON, Level.READ), (Group.GUARDIANSHIP, Level.READ))
OPEN_COMMITMENT = ((Group.PERSON, Level.READ), (Group.COMMITMENT, Level.READ))
METHODS = ["GET", "HEAD", "POST"]
SEALED = {
    "organisation": gettext_lazy("organisaatio"),
    "contact": gettext_lazy("yhteystieto"),
    "decision": gettext_lazy("päätös"),
    "extent": gettext_lazy("laajuus"),
}
TRUSTEE = "other"
"""The part of a trusteeship that is a person of the register and not a sealed word."""
Save = Callable[[Person, Any, Person | None], RelationFields]
"""(the person, a valid form, the chosen person) → the new relation."""


# --- adding ---------------------------------------------------------------------------------


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=GUARDIANSHIP)
@require_http_methods(METHODS)
def add_guardian(request: HttpRequest, public_id: str) -> HttpResponse:
    """A guardian of a child."""

    def save(person: Person, form: GuardianForm, chosen: Person | None) -> Guardian:
        today = timezone.localdate()
        return services.add_guardian(person, form.other(chosen), form.validity, today=today)

    return _add(request, public_id, GuardianForm, save, _("Lisää huoltaja"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=GUARDIANSHIP)
@require_http_methods(METHODS)
def add_trusteeship(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who looks after a person's interests."""

    def save(person: Person, form: TrusteeshipForm, chosen: Person | None) -> Trusteeship:
        given = form.cleaned_data
        return services.add_trusteeship(
            person, TrusteeKind(given["kind"]), form.other(chosen), form.validity,
            decision=given["decision"], extent=given["extent"],
        )  # fmt: skip

    return _add(request, public_id, TrusteeshipForm, save, _("Lisää edunvalvoja"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=COMMITMENT)
@require_http_methods(METHODS)
def add_commitment(request: HttpRequest, public_id: str) -> HttpResponse:
    """A payer, a guarantor or the contact of an estate."""

    def save(person: Person, form: CommitmentForm, chosen: Person | None) -> Commitment:
        kind = CommitmentKind(form.cleaned_data["kind"])
        return services.add_commitment(person, kind, form.other(chosen), form.validity)

    return _add(request, public_id, CommitmentForm, save, _("Lisää maksaja tai takaaja"))


def _add(
    request: HttpRequest,
    public_id: str,
    form_class: type[RelationForm[Any]],
    save: Save,
    heading: str,
) -> HttpResponse:
    person = persons.person_by_public_id(public_id)
    form, picked = choosing_form(request, form_class)
    valid = form.is_bound and form.is_valid()
    if valid and form.run(lambda: save(person, form, picked.chosen)) is not None:
        return to_card(person, _("Suhde on lisätty."), request)
    return choosing_page(
        request, "households/relation.html", form, picked, person=person, heading=heading
    )


# --- ending and correcting ------------------------------------------------------------------


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=GUARDIANSHIP)
@require_http_methods(METHODS)
def end_guardian(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End a guardian, or take away a mistake."""
    return _end(request, public_id, Guardian, pk)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=GUARDIANSHIP)
@require_http_methods(METHODS)
def end_trusteeship(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End a trusteeship, or take away a mistake."""
    return _end(request, public_id, Trusteeship, pk)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=COMMITMENT)
@require_http_methods(METHODS)
def end_commitment(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End a commitment, or take away a mistake."""
    return _end(request, public_id, Commitment, pk)


def _end(
    request: HttpRequest, public_id: str, model: type[RelationFields], pk: int
) -> HttpResponse:
    person = persons.person_by_public_id(public_id)
    relation = queries.relation_of(model, person, pk)
    if request.method == "POST" and "remove" in request.POST:
        services.remove_relation(relation)
        return to_card(person, _("Virheellinen merkintä on poistettu."), request)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["last_day"]
        if form.run(lambda: services.end_relation(relation, last_day=day)) is not None:
            return to_card(person, _("Suhde on päätetty."), request)
    return form_page(
        request, "households/relation_end.html", forms=[form], form=form, person=person,
        relation=relation, heading=model._meta.verbose_name,
    )  # fmt: skip


# --- opening --------------------------------------------------------------------------------


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=OPEN_GUARDIAN)
@require_POST
def reveal_guardian(request: HttpRequest, public_id: str, pk: int, name: str) -> HttpResponse:
    """What is sealed of a guardian that is an organisation."""
    return _reveal(request, public_id, Guardian, pk, name)


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=OPEN_GUARDIANSHIP)
@require_POST
def reveal_trusteeship(request: HttpRequest, public_id: str, pk: int, name: str) -> HttpResponse:
    """One sealed part of a trusteeship, for a stated reason."""
    return _reveal(request, public_id, Trusteeship, pk, name)


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=OPEN_COMMITMENT)
@require_POST
def reveal_commitment(request: HttpRequest, public_id: str, pk: int, name: str) -> HttpResponse:
    """What is sealed of a payer or guarantor that is an organisation."""
    return _reveal(request, public_id, Commitment, pk, name)


def _reveal(
    request: HttpRequest, public_id: str, model: type[RelationFields], pk: int, name: str
) -> HttpResponse:
    """Open a sealed part for 60 seconds. A reason must be stated: a purpose, or words."""
    if not request.POST.get("reason") and not request.POST.get("reason_text", "").strip():
        raise ObjectDenied("reason")
    state_reason(request)
    person = persons.person_by_public_id(public_id)
    if model is Trusteeship and name == TRUSTEE:
        return _opened(request, public_id, _("edunvalvoja"), queries.trustee_name(person, pk))
    if name not in {field.name for field in model._meta.concrete_fields} & SEALED.keys():
        raise ObjectDenied(model._meta.db_table, pk)
    relation = queries.sealed_relation_of(model, person, pk, name)
    return _opened(request, public_id, SEALED[name], getattr(relation, name))


def _opened(
    request: HttpRequest, public_id: str, what: StrOrPromise, sealed: Revealable
) -> HttpResponse:
    back = reverse("persons:card", args=[public_id])
    return revealed(request, sealed, what=what, url=request.path, back=back, reasons=reasons())
