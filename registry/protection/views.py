"""Pages of turvakielto: the ban, its tasks and its end, and what it hides."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons.forms import AddressForm, ContactPointForm, EndForm
from registry.persons.models import Person
from registry.persons.purposes import VIEWING
from registry.persons.queries import person_by_public_id
from registry.persons.views.changing import change_page
from registry.persons.views.common import purposes_held, roles
from registry.protection import asking, prompts, queries, services, shown
from registry.protection.forms import (
    ContactAddressForm,
    EndingForm,
    PeriodForm,
    RecordForm,
    RevealForm,
)
from registry.protection.models import DetailKind, ProtectedDetail
from registry.protection.shown import OpenedDetail
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.accounts import identity
from vuokra.documents.queries import document_by_uuid
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.sources import Source
from vuokra.ui.pages import UNPROCESSABLE, form_page, posted
from vuokra.ui.reveals import revealed

READ_PERSON = (Group.PERSON, Level.READ)
KNOW = (READ_PERSON, (Group.PROTECTION, Level.READ))
KEEP = (*KNOW, (Group.CONTACT, Level.WRITE))
OPEN = (READ_PERSON, (Group.PROTECTED_CONTACT, Level.MASKED))


@access(Action.VIEW, Surface.DETAIL)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """What to do when somebody asks about a protected person (toimintaohje)."""
    context = {"minutes": prompts.PROMPTS.minutes, "identity_minutes": identity.MINUTES}
    return render(request, "protection/guide.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=KNOW)
@require_safe
def ban(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's ban: until when, whom it covers, what must still be checked, its end."""
    person = person_by_public_id(public_id)
    today = timezone.localdate()
    context = {
        "person": person,
        "page": queries.ban_page(person, today=today),
        **shown.panel(person, queries.details_of(person, today=today)),
    }
    return render(request, "protection/ban.html", context)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a ban: in force for everybody when the answer leaves."""
    person = person_by_public_id(public_id)
    if queries.ban_of(person) is not None:
        return redirect("protection:ban", public_id)
    form = RecordForm(
        posted(request), today=timezone.localdate(), first=not queries.had_ban(person)
    )

    def save() -> object:
        given = form.cleaned_data
        return services.record_ban(
            person,
            valid_from=given["begins"],
            valid_until=given["until"],
            source=Source(given["origin"]),
            covers_household=given["household"],
        )

    return change_page(
        request, person, form, save, done=_("Turvakielto on merkitty. Tarkista alla olevat asiat."),
        heading=_("Merkitse turvakielto"), back=reverse("protection:ban", args=[public_id]),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, public_id: str) -> HttpResponse:
    """Renew a ban by its new paper."""
    person = person_by_public_id(public_id)
    row = queries.the_ban(person)
    form = PeriodForm(posted(request), today=timezone.localdate())
    return change_page(
        request, person, form,
        lambda: services.renew_ban(row, valid_until=form.cleaned_data["until"]),
        done=_("Turvakieltoa on jatkettu."), heading=_("Jatka turvakieltoa"),
        back=reverse("protection:ban", args=[public_id]),
    )  # fmt: skip


# -- the end, by two people --------------------------------------------------------------------


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Propose that a ban ends; it is asked who one is (DP-A53)."""
    person = person_by_public_id(public_id)
    row = queries.the_ban(person)
    form = EndingForm(posted(request))

    def save() -> object:
        services.propose_ending(row, reason=form.cleaned_data["grounds"])
        return row

    return change_page(
        request, person, form, save, done=_("Päättämistä on ehdotettu. Toinen henkilö hyväksyy."),
        heading=_("Ehdota turvakiellon päättämistä"),
        back=reverse("protection:ban", args=[public_id]),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a ban on another's proposal; it is asked who one is, then once more."""
    person = person_by_public_id(public_id)
    today = timezone.localdate()
    page, error = queries.ban_page(person, today=today), ""
    if page is None:
        raise ObjectDenied("registry_protection_turvakielto")
    if request.method == "POST":
        try:
            with transaction.atomic():
                services.approve_ending(page.ban)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(
                request, _("Turvakielto on päättynyt. Vanhat tiedot pysyvät suljettuina.")
            )
            return redirect("persons:card", public_id)
    context = {"person": person, "page": page, "error": error}
    return render(
        request, "protection/approve.html", context, status=UNPROCESSABLE if error else 200
    )


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The proposal is taken back or refused: the ban stays."""
    person = person_by_public_id(public_id)
    services.withdraw_ending(queries.the_ban(person))
    messages.success(request, _("Turvakielto pysyy voimassa."))
    return redirect("protection:ban", public_id)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_POST
def finish(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A task after recording is done."""
    person = person_by_public_id(public_id)
    services.finish_task(queries.task_of(person, pk))
    messages.success(request, _("Tehtävä on kuitattu."))
    return redirect("protection:ban", public_id)


# -- what it hides -----------------------------------------------------------------------------


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add_point(request: HttpRequest, public_id: str) -> HttpResponse:
    """A telephone number or e-mail of a protected person."""
    person = person_by_public_id(public_id)
    form = ContactPointForm(posted(request), roles=roles(), today=timezone.localdate())

    def save() -> object:
        given = form.cleaned_data
        return services.add_point(
            person, DetailKind(given["kind"]), given["value"], source=Source(given["source"]),
            valid_from=given["valid_from"],
        )  # fmt: skip

    return _detail_page(request, person, form, save, _("Lisää suojattu yhteystieto"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add_address(request: HttpRequest, public_id: str) -> HttpResponse:
    """An address of a protected person."""
    person = person_by_public_id(public_id)
    form = AddressForm(posted(request), roles=roles(), today=timezone.localdate())

    def save() -> object:
        given = form.cleaned_data
        return services.add_address(
            person, DetailKind(given["kind"]), form.address, source=Source(given["source"]),
            valid_from=given["valid_from"],
        )  # fmt: skip

    return _detail_page(request, person, form, save, _("Lisää suojattu osoite"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_address(request: HttpRequest, public_id: str) -> HttpResponse:
    """A contact address that may be told."""
    person = person_by_public_id(public_id)
    form = ContactAddressForm(posted(request), today=timezone.localdate())

    def save() -> object:
        given = form.cleaned_data
        return services.set_contact_address(
            person, form.address, source=Source(given["source"]), valid_from=given["valid_from"]
        )

    return _detail_page(request, person, form, save, _("Yhteysosoite"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def end_detail(request: HttpRequest, public_id: str, uuid: UUID) -> HttpResponse:
    """End a protected detail."""
    person = person_by_public_id(public_id)
    detail = queries.detail_of(person, uuid)
    form = EndForm(posted(request), initial={"last_day": timezone.localdate()})

    def save() -> object:
        services.end_detail(detail, last_day=form.cleaned_data["last_day"])
        return detail

    return _detail_page(request, person, form, save, _("Päätä voimassaolo"))


def _detail_page(
    request: HttpRequest, person: Person, form: object, save: object, heading: str
) -> HttpResponse:
    return change_page(
        request, person, form, save,  # type: ignore[arg-type]  # a closure of the caller
        done=_("Tieto on tallennettu."), heading=heading,
    )  # fmt: skip


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=OPEN)
@require_POST
def reveal(request: HttpRequest, public_id: str, uuid: UUID) -> HttpResponse:
    """One protected detail for 60 seconds, for a purpose and reason; the registrar is told."""
    person = person_by_public_id(public_id)
    detail = queries.detail_of(person, uuid)
    purpose = prompts.held(request, person)
    if purpose is not None:
        current().note("prompt", "earlier")
        asking.opened([person], purpose)
        return _value(request, person, detail)
    form = RevealForm(request.POST, purposes=purposes_held())
    if not form.is_valid():
        return _ask_again(request, person, detail, form)
    asking.take(request, form, [person])
    return _value(request, person, detail)


@access(Action.VIEW, Surface.FORM, purposes=VIEWING, needs=OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: HttpRequest, public_id: str) -> HttpResponse:
    """For what a document that tells a protected home is opened, of everybody in it whom a ban has
    covered; then on to it. Raises ObjectDenied for somebody whom none has, and for a document that
    is not the user's."""
    person, back = person_by_public_id(public_id), reverse("persons:card", args=[public_id])
    if not queries.ever_covered(person):
        raise ObjectDenied("registry_protection_coverage", person.pk)
    wanted = uuid_of(request.GET.get("asiakirja", ""))
    covered = queries.covered_in(document_by_uuid(wanted)) if wanted else []
    others = [one for one in covered if one != person]
    return asking.ask(
        request, [person, *others], back=back, alone=str(wanted or ""),
        to=reverse("documents:document", args=[wanted]) if wanted else back,
        title=_("Asiakirja kertoo turvakiellon alaisen kodin."),
        explain=_("Se avataan vain tehtävään, jossa kotia tarvitaan."), button=_("Jatka"),
    )  # fmt: skip


def uuid_of(text: str) -> UUID | None:
    """The id of a document that an address names; None for an odd one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _value(request: HttpRequest, person: Person, detail: ProtectedDetail) -> HttpResponse:
    return revealed(
        request,
        OpenedDetail(detail),
        what=shown.kind_of(detail),
        url=shown.url_of(person, detail),
        back=reverse("persons:card", args=[person.public_id]),
    )


def _ask_again(
    request: HttpRequest, person: Person, detail: ProtectedDetail, form: RevealForm
) -> HttpResponse:
    """The prompt with what is missing; a page of its own without JavaScript."""
    current().note("prompt", "refused")
    context = {
        "person": person, "what": shown.kind_of(detail), "url": shown.url_of(person, detail),
        "form": form, "reasons": shown.reasons_for(request, person), "must_say": True,
        "state": "masked", "mask": "", "open": True,
        "problem": _("Valitse peruste ja kirjoita, mihin asiaan tietoa tarvitaan."),
    }  # fmt: skip
    if request.headers.get("HX-Request") == "true":
        template = "components/masked_value.html"
        return render(request, template, context, status=UNPROCESSABLE)
    return form_page(request, "protection/ask.html", forms=[form], **context)
