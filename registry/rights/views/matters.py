"""What single rights need: values to rectify, restriction, erasure, objection."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from registry.persons.models import Ground
from registry.rights import clock
from registry.rights.forms import CorrectionForm, ObjectForm, RestrictForm, SettleForm, WayForm
from registry.rights.models import Correction, DataRequest, Result, Target, Way
from registry.rights.queries import request_by_number
from registry.rights.services import matters, objecting
from registry.rights.services.matters import Dispute
from registry.rights.views.common import (
    HANDLING,
    READ,
    WRITE,
    act_now,
    act_page,
    form_of,
    page_of,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.ui.reveals import revealed

EDITING = {
    Target.NAME: "persons:edit",
    Target.IDENTITY: "persons:identity",
    Target.CONTACT: "persons:card",
    Target.ADDRESS: "persons:card",
    Target.HOUSEHOLD: "households:household",
}
"""The page on which a value of each kind is mended."""


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_correction(request: HttpRequest, number: str) -> HttpResponse:
    """Record a value that the person disputes."""
    row = request_by_number(number)
    form = form_of(request, CorrectionForm, row)

    def save() -> None:
        given = form.cleaned_data
        dispute = Dispute(
            Target(given["target"]), given["proposed"], given["grounds"], given["present"],
            given["evidence"],
        )  # fmt: skip
        matters.add_correction(row, dispute, restrict=given["restrict"], version=form.of_page)

    return act_page(
        request, row, form, save, heading=_("Kirjaa oikaistava tieto"),
        done=_("Oikaistava tieto on kirjattu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """What came of a rectification: before and after, and the result."""
    row = request_by_number(number)
    found = correction_of(row, uuid)
    form = form_of(
        request, SettleForm, row, initial={"result": found.result, "note": found.result_note}
    )

    def save() -> None:
        given = form.cleaned_data
        matters.settle(found, Result(given["result"]), note=given["note"], version=form.of_page)

    page = EDITING.get(Target(found.target), "")
    context = {
        "correction": found,
        "edit_url": reverse(page, args=[row.person.public_id]) if page and row.person else "",
    }
    return act_page(
        request, row, form, save, heading=_("Ratkaise oikaisu"),
        done=_("Oikaisun tulos on kirjattu."), template="rights/correction.html", context=context,
    )  # fmt: skip


@access(Action.REVEAL, Surface.DETAIL, purposes=HANDLING, needs=READ)
@require_POST
def reveal_value(request: HttpRequest, number: str, uuid: UUID, name: str) -> HttpResponse:
    """A disputed value, as it is or as it should be, for sixty seconds."""
    row = request_by_number(number)
    found = correction_of(row, uuid)
    names = {"nyt": ("present", _("Tieto nyt")), "ehdotus": ("proposed", _("Ehdotettu tieto"))}
    field, what = names.get(name, ("", ""))
    sealed = getattr(found, field) if field else None
    if sealed is None:
        raise ObjectDenied("registry_rights_correction", found.pk)
    url = reverse("rights:reveal_value", args=[row.slug, found.uuid, name])
    return revealed(request, sealed, what=what, url=url, back=page_of(row))


def correction_of(row: DataRequest, uuid: UUID) -> Correction:
    """A disputed value of this request. Raises ObjectDenied for another's or none (DP-A4)."""
    found = Correction.objects.select_related("request").filter(request=row, uuid=uuid).first()
    if found is None:
        raise ObjectDenied("registry_rights_correction")
    return found


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: HttpRequest, number: str) -> HttpResponse:
    """Restrict processing for the request."""
    row = request_by_number(number)
    form = form_of(request, RestrictForm, row)
    return act_page(
        request, row, form,
        lambda: matters.restrict(
            row, Ground(form.cleaned_data["ground"]), version=form.of_page
        ),
        heading=_("Rajoita käsittelyä"), done=_("Käsittelyä on rajoitettu."),
        lead=_("Tiedot säilyvät, mutta niitä ei käytetä päivittäiseen työhön: henkilö jää pois "
               "valinnoista, lähetyksistä ja vienneistä, ja kortti avataan vain perusteesta."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, number: str) -> HttpResponse:
    """Tell the person that the restriction ends, and end it."""
    row = request_by_number(number)
    form = form_of(request, WayForm, row)
    return act_page(
        request, row, form,
        lambda: matters.lift(row, way=Way(form.cleaned_data["way"]), version=form.of_page),
        heading=_("Kerro ja päätä rajoitus"), done=_("Rajoitus päättyy tänään."),
        lead=_("Henkilölle kerrotaan ennen kuin rajoitus päättyy (18 artikla 3)."),
        button=_("Kirjaa kerrotuksi ja päätä"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_POST
def compute_erasure(request: HttpRequest, number: str) -> HttpResponse:
    """Compute what may be erased, and what not until when."""
    row = request_by_number(number)
    return act_now(
        request, row, lambda version: matters.compute_erasure(row, version=version),
        _("Poistotaulukko on laskettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """Save what the person forbids or takes back: effective at once."""
    row = request_by_number(number)
    if row.person is None:
        raise ObjectDenied("registry_rights_datarequest", row.pk)
    form = form_of(request, ObjectForm, row, of=row, today=clock.today())
    return act_page(
        request, row, form,
        lambda: objecting.object_to(
            row, forbidden=form.forbidden, withdrawn=form.withdrawn, version=form.of_page
        ),
        heading=_("Tallenna kielto"), done=_("Kielto on voimassa heti."),
        lead=_("Kieltoa ei tarvitse perustella eikä henkilöllisyyttä todistaa."),
        button=_("Tallenna kielto"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Record that the confirmation of an objection was sent."""
    row = request_by_number(number)
    form = form_of(request, WayForm, row)
    return act_page(
        request, row, form,
        lambda: objecting.confirm(
            row, way=Way(form.cleaned_data["way"]), version=form.of_page
        ),
        heading=_("Vahvistus kiellosta"), done=_("Vahvistus on kirjattu lähetetyksi."),
    )  # fmt: skip
