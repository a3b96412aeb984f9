"""What an application tells, corrected part by part; sealed values opened one at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.intake import services
from applications.intake.forms import (
    PARTS,
    ChangeMemberForm,
    DetailsForm,
    GroundForm,
    HomeForm,
    MemberForm,
    NeedForm,
    PermitForm,
    ToldForm,
    WishForm,
)
from applications.intake.models import Ground, Member, MemberCode, Need, Permit, PresentHome, Wish
from applications.intake.queries import page as queries
from applications.intake.queries.listing import ApplicationRow
from applications.intake.views.common import (
    METHODS,
    PURPOSES,
    READ,
    WRITE,
    application_form,
    is_draft,
    page_of,
    row_of,
    take_out,
)
from registry.households.picking import sent
from registry.persons.views.common import state_reason
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import posted
from vuokra.ui.reveals import revealed

ASKED = ("whose", "confirmed")
ECONOMY = (*WRITE, (Group.ECONOMY, Level.WRITE))
HOUSEHOLD = (*WRITE, (Group.HOUSEHOLD, Level.WRITE))
PERMITS = (*WRITE, (Group.PERMIT, Level.WRITE))


def member_of(row: ApplicationRow, pk: int) -> Member:
    """Raises ObjectDenied for a member of another application."""
    found = next((one for one in row.members if one.pk == pk), None)
    if found is None:
        raise ObjectDenied(Member._meta.db_table, pk)
    return found


def part_of(row: ApplicationRow, kind: str, pk: int) -> Any:
    """A part of a member. Raises ObjectDenied for one of another application."""
    model = PARTS[kind]._meta.model
    found = model._default_manager.filter(pk=pk, member__application=row.application).first()
    if found is None:
        raise ObjectDenied(model._meta.db_table, pk)
    found.member = member_of(row, found.member_id)
    return found


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_details(request: HttpRequest, number: str) -> HttpResponse:
    """What kind of application it is."""
    row, today = row_of(number), timezone.localdate()
    names = [name for name in DetailsForm.base_fields if name not in ASKED]
    shown = {name: getattr(row.application, name) for name in names}
    form = DetailsForm(posted(request), initial=shown, draft=is_draft(row))
    return application_form(
        request, row, form,
        lambda: services.change_details(
            row.application, form.given, whose=form.corrected, today=today
        ),
        heading=_("Hakemuksen tiedot"), done=_("Tiedot on tallennettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_need(request: HttpRequest, number: str) -> HttpResponse:
    """When and why a home is needed."""
    row, today = row_of(number), timezone.localdate()
    known = Need.objects.filter(application=row.application).first()
    plain = ("wished_on", "homeless_since", "must_move_by", "urgency_note", "away_reason")
    shown = {name: getattr(known, name) for name in plain} if known else {}
    form = NeedForm(posted(request), initial=shown, draft=is_draft(row))
    return application_form(
        request, row, form,
        lambda: services.set_need(row.application, form.given, whose=form.corrected, today=today),
        heading=_("Asunnontarve"), done=_("Asunnontarve on tallennettu."),
        explain=_("Salattuja tietoja ei näytetä tässä. Tyhjäksi jätettynä ne pysyvät ennallaan."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_home(request: HttpRequest, number: str) -> HttpResponse:
    """How the applicant lives now."""
    row, today = row_of(number), timezone.localdate()
    known = PresentHome.objects.filter(application=row.application).first()
    names = [name for name in HomeForm.base_fields if name not in ASKED]
    shown = {name: getattr(known, name) for name in names} if known else {}
    born, income = queries.known_of_applicant(row)
    form = HomeForm(
        posted(request), initial=shown, draft=is_draft(row), born=born, income_eur=income
    )
    return application_form(
        request, row, form,
        lambda: services.set_home(row.application, form.given, whose=form.corrected, today=today),
        heading=_("Nykyinen asunto"), done=_("Nykyinen asunto on tallennettu."),
        explain=_("Turvakiellon alaisen hakijan kunta ja vuokranantaja salataan.")
        if row.hidden else "",
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=(*WRITE, (Group.HOMES, Level.READ)))
@require_http_methods(METHODS)
def change_wish(request: HttpRequest, number: str) -> HttpResponse:
    """What kind of home is asked for."""
    row, today = row_of(number), timezone.localdate()
    known = Wish.objects.filter(application=row.application).first()
    form = WishForm(
        posted(request), instance=known or Wish(application=row.application), draft=is_draft(row)
    )
    return application_form(
        request, row, form,
        lambda: services.put(form.instance, whose=form.corrected, today=today),
        heading=_("Haettava asunto"), done=_("Haettava asunto on tallennettu."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_ground(request: HttpRequest, number: str) -> HttpResponse:
    """A ground of the need."""
    row, today = row_of(number), timezone.localdate()
    form = GroundForm(
        posted(request), instance=Ground(application=row.application), draft=is_draft(row)
    )
    return application_form(
        request, row, form,
        lambda: services.put(form.instance, whose=form.corrected, today=today),
        heading=_("Lisää asunnontarpeen peruste"), done=_("Peruste on tallennettu."),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def drop_ground(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a ground out."""
    row = row_of(number)
    known = next((one for one in row.grounds if one.pk == pk), None)
    if known is None:
        raise ObjectDenied(Ground._meta.db_table, pk)
    known.application = row.application
    return take_out(
        request, row, known,
        lambda whose: services.drop(known, whose=whose, today=timezone.localdate()),
        heading=_("Poista asunnontarpeen peruste"), done=_("Peruste on poistettu."),
    )  # fmt: skip


# -- the household -------------------------------------------------------------------------------


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=HOUSEHOLD)
@require_http_methods(METHODS)
def add_member(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody more in the household: of the register, or registered on the spot."""
    row, today = row_of(number), timezone.localdate()
    form, picked = sent(
        posted(request),
        lambda data, initial: MemberForm(data, initial=initial, draft=is_draft(row)), today=today,
    )  # fmt: skip

    def save() -> Member:
        if picked.chosen is not None:
            return services.add_member(
                row.application, picked.chosen, form.membership, whose=form.corrected, today=today
            )
        return services.register_member(
            row.application, form.newcomer, form.membership, whose=form.corrected, today=today
        )

    return application_form(
        request, row, form, save, picked=picked, heading=_("Lisää henkilö ruokakuntaan"),
        done=_("Henkilö on lisätty hakemukselle."),
        explain=_("Etsi henkilö rekisteristä. Jos häntä ei ole, kirjoita nimi ja syntymäaika."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=HOUSEHOLD)
@require_http_methods(METHODS)
def change_member(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """As what somebody is in the household."""
    row, today = row_of(number), timezone.localdate()
    known = member_of(row, pk)
    shown = {name: getattr(known, name) for name in ("part", "relation", "residence", "consent_on")}
    form = ChangeMemberForm(posted(request), initial=shown, member=known, draft=is_draft(row))
    return application_form(
        request, row, form,
        lambda: services.change_member(known, form.membership, whose=form.corrected, today=today),
        heading=_("Ruokakunnan jäsen"), done=_("Tiedot on tallennettu."),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=HOUSEHOLD)
@require_http_methods(METHODS)
def drop_member(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Somebody is not in the household after all."""
    row, today = row_of(number), timezone.localdate()
    known = member_of(row, pk)
    return take_out(
        request, row, known, lambda whose: services.drop_member(known, whose=whose, today=today),
        heading=_("Poista henkilö hakemukselta"), done=_("Henkilö on poistettu hakemukselta."),
        explain=_("Samalla poistuvat hänen tulonsa, varansa ja velkansa tältä hakemukselta. "
                  "Henkilö jää rekisteriin."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=PERMITS)
@require_http_methods(METHODS)
def change_permit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """By what permit somebody stays."""
    row, today = row_of(number), timezone.localdate()
    known = member_of(row, pk)
    form = PermitForm(posted(request), draft=is_draft(row))

    def save() -> Member:  # also that there is none
        services.set_permit(known, form.given, whose=form.corrected, today=today)
        return known

    return application_form(
        request, row, form, save,
        heading=_("Oleskelulupa"), done=_("Oleskelulupa on tallennettu."),
        explain=_("Kirjaa laji ja päivät uudelleen: aiempia ei näytetä. Perustetta ei kirjata."),
    )  # fmt: skip


# -- economy -------------------------------------------------------------------------------------


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=ECONOMY)
@require_http_methods(METHODS)
def add_part(request: HttpRequest, number: str, pk: int, kind: str) -> HttpResponse:
    """Work, an income, property or a debt of a member."""
    row = row_of(number)
    part = PARTS[kind]._meta.model(member=member_of(row, pk))
    return _part_form(request, row, kind, part)


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=ECONOMY)
@require_http_methods(METHODS)
def change_part(request: HttpRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """The same, corrected."""
    row = row_of(number)
    return _part_form(request, row, kind, part_of(row, kind, pk))


def _part_form(request: HttpRequest, row: ApplicationRow, kind: str, part: Any) -> HttpResponse:
    today = timezone.localdate()
    form = PARTS[kind](posted(request), instance=part, draft=is_draft(row))
    headings = {
        "tyo": _("Työssäkäynti"), "tulo": _("Tulo"), "varallisuus": _("Varallisuus"),
        "velka": _("Velka"),
    }  # fmt: skip
    return application_form(
        request, row, form,
        lambda: services.put(form.instance, whose=form.corrected, today=today),
        heading=headings[kind], done=_("Tiedot on tallennettu."),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=ECONOMY)
@require_http_methods(METHODS)
def drop_part(request: HttpRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """Take it out."""
    row = row_of(number)
    known = part_of(row, kind, pk)
    return take_out(
        request, row, known,
        lambda whose: services.drop(known, whose=whose, today=timezone.localdate()),
        heading=_("Poista rivi hakemukselta"), done=_("Rivi on poistettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=ECONOMY)
@require_http_methods(METHODS)
def change_told(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Whether all was told of a member."""
    row = row_of(number)
    known = member_of(row, pk)
    shown = {"income": known.income_told, "wealth": known.wealth_told}
    form = ToldForm(posted(request), initial=shown, draft=is_draft(row))
    return application_form(
        request, row, form,
        lambda: services.set_told(
            known, income=form.cleaned_data["income"], wealth=form.cleaned_data["wealth"],
            whose=form.corrected, today=timezone.localdate(),
        ),
        heading=_("Onko kaikki ilmoitettu?"), done=_("Tiedot on tallennettu."),
    )  # fmt: skip


# -- sealed values -------------------------------------------------------------------------------


def _sealed_of(row: ApplicationRow, name: str, pk: int) -> Any:
    """A sealed value by its name in addresses, and what it is. Raises ObjectDenied."""
    here = row.application
    rows: Any
    match name:
        case "sanat":
            rows, field = Need.objects.filter(application=here), "own_words"
            what = _("hakijan sanat")
        case "laskettu":
            rows, field = Need.objects.filter(application=here), "expected_on"
            what = _("laskettu aika")
        case "paikka":
            rows, field, what = (
                PresentHome.objects.filter(application=here), "place", _("kunta ja vuokranantaja")
            )  # fmt: skip
        case "lupa" | "lupa-alkaen" | "lupa-asti":
            field = {"lupa": "kind", "lupa-alkaen": "granted_from"}.get(name, "granted_to")
            rows, what = Permit.objects.filter(member=member_of(row, pk)), _("oleskelulupa")
        case "tunnus":
            rows, field = MemberCode.objects.filter(member=member_of(row, pk)), "hetu"
            what = _("henkilötunnus")
        case _:
            raise ObjectDenied(Need._meta.db_table)
    found = rows.first()
    sealed = getattr(found, field) if found else None
    if sealed is None:
        raise ObjectDenied(rows.model._meta.db_table)
    return sealed, what


@access(Action.REVEAL, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_POST
def reveal(request: HttpRequest, number: str, name: str, pk: int = 0) -> HttpResponse:
    """A sealed value for 60 seconds."""
    state_reason(request)
    row = row_of(number)
    sealed, what = _sealed_of(row, name, pk)
    return revealed(request, sealed, what=what, url=request.path, back=page_of(row.application))
