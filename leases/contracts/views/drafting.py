"""Drawing a lease up, step by step."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leases.contracts import queries, services
from leases.contracts.forms import (
    CancelForm,
    ComponentForm,
    NewLeaseForm,
    PartyForm,
    TermsForm,
    of_lease,
    usual_terms,
)
from leases.contracts.models import ComponentKind, Lease, Party
from leases.contracts.rules.persons import Role
from leases.contracts.views.common import (
    METHODS,
    PURPOSES,
    WRITE,
    act,
    lease_form,
    page_of,
    row_of,
)
from leases.homes import queries as homes
from registry.households.picking import sent
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import form_page, posted

NEW = (*WRITE, (Group.HOMES, Level.READ))


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=NEW)
@require_http_methods(METHODS)
def new_lease(request: HttpRequest, flat: int) -> HttpResponse:
    """A new lease of a flat: for whom, from when, on what terms."""
    row, today = homes.flat_by_id(flat), timezone.localdate()
    form, picked = sent(
        posted(request),
        lambda data, initial: NewLeaseForm(data, initial=usual_terms() | initial),
        today=today,
    )

    def save() -> Lease:
        return services.draft(row, picked.person, form.terms, today=today)

    made = form.run(save) if form.is_bound and form.is_valid() else None
    if made is not None:
        messages.success(request, _("Sopimusluonnos on tehty. Kirjaa seuraavaksi vuokra."))
        return redirect(page_of(made))
    return form_page(request, "leases/new.html", forms=[form], form=form, flat=row, picked=picked)


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the days and terms of a draft."""
    row, today = row_of(pk), timezone.localdate()
    form = TermsForm(posted(request), initial=of_lease(row.lease))
    return lease_form(
        request, row, form, lambda: services.change_terms(row.lease, form.terms, today=today),
        heading=_("Muuta ehtoja"), done=_("Ehdot on tallennettu."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_party(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody comes into the lease."""
    row, today = row_of(pk), timezone.localdate()
    form, picked = sent(
        posted(request), lambda data, initial: PartyForm(data, initial=initial), today=today
    )

    def save() -> Party:
        given = form.cleaned_data
        return services.add_party(
            row.lease, picked.person, Role(given["role"]), today=today,
            valid_from=given["valid_from"], limit_eur=given["limit_eur"],
        )  # fmt: skip

    return lease_form(
        request, row, form, save, picked=picked, heading=_("Lisää osapuoli"),
        done=_("Osapuoli on lisätty."),
        explain=_(
            "Vuokralaiset vastaavat sopimuksesta yhteisvastuullisesti. Asunnossa asuva puoliso "
            "vastaa, vaikka ei ole osapuoli (AHVL 11 §). Muu asukas ei vastaa vuokrasta."
        ),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def drop_party(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """Take somebody out of a draft."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.party_of(row, party)
    return act(
        request, row.lease, lambda: services.drop_party(known, today=today),
        done=_("Osapuoli on poistettu luonnoksesta."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def set_component(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the rent."""
    row, today = row_of(pk), timezone.localdate()
    places = [
        place for place in homes.places_of(row.lease.flat.stair.building.site)
        if place.given_up_on is None
    ]  # fmt: skip
    form = ComponentForm(posted(request), places=places)

    def save() -> object:
        given = form.cleaned_data
        return services.set_component(
            row.lease, ComponentKind(given["kind"]), given["price_eur"], today=today,
            quantity=given["quantity"], place=form.chosen_place,
        )  # fmt: skip

    return lease_form(
        request, row, form, save, heading=_("Lisää vuokran osa"),
        done=_("Vuokran osa on kirjattu."),
        explain=_(
            "Vuokra kirjataan kuukaudelta sopimuksen alusta. Samanlaisen osan uusi hinta korvaa "
            "luonnoksessa vanhan."
        ),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def drop_component(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Take a part of the rent out of a draft."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.component_of(row.lease, part)
    return act(
        request, row.lease, lambda: services.drop_component(known, today=today),
        done=_("Vuokran osa on poistettu luonnoksesta."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def make_ready(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is ready to be signed."""
    row, today = row_of(pk), timezone.localdate()
    return act(
        request, row.lease, lambda: services.make_ready(row.lease, today=today),
        done=_("Sopimus on valmis allekirjoitettavaksi. Ehdot on lukittu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to a draft."""
    row, today = row_of(pk), timezone.localdate()
    return act(
        request, row.lease, lambda: services.reopen(row.lease, today=today),
        done=_("Sopimus on taas luonnos. Kirjatut allekirjoitukset on poistettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """A lease that does not come about."""
    row, today = row_of(pk), timezone.localdate()
    form = CancelForm(posted(request))
    return lease_form(
        request, row, form,
        lambda: services.cancel(row.lease, form.cleaned_data["reason"], today=today),
        heading=_("Peru sopimus"), done=_("Sopimus on peruttu. Huoneisto on taas vapaa."),
        explain=_("Perutun sopimuksen numero ja syy jäävät rekisteriin."),
    )  # fmt: skip
