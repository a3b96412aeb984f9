"""Forms: a new person, names, identity, contact details."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry.persons import panels, queries, services
from registry.persons.forms import (
    AddressForm,
    ContactPointForm,
    EndForm,
    IdentityChangeForm,
    IdentityForm,
    PersonChangeForm,
    PersonForm,
)
from registry.persons.models import (
    AddressKind,
    ContactKind,
    FormerCodeReason,
    Language,
    NameChangeReason,
    Person,
    Source,
)
from registry.persons.purposes import VIEWING
from registry.persons.services.notices import note_source_elsewhere
from registry.persons.standing_forms import OriginForm
from registry.persons.views.changing import change_page
from registry.persons.views.common import (
    WRITE_CONTACT,
    WRITE_IDENTITY,
    WRITE_PERSON,
    roles,
    to_card,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.pages import form_page, posted


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """A new person with what identifies them. People of the same name are shown first (DP-A14)."""
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, prefix="person", roles=roles())
    identity = IdentityForm(
        data, prefix="identity", roles=roles(), empty_permitted=True, use_required_attribute=False
    )
    origin = OriginForm(data, prefix="origin", use_required_attribute=False)
    similar: list[Person] = []
    if data is not None and form.is_valid() and identity.is_valid() and origin.is_valid():
        similar = [] if "confirmed" in data else _similar(form, identity)
        person = None if similar else _register(form, identity, origin)
        if person is not None:
            return to_card(person, _("Henkilö on lisätty."), request)
    return form_page(
        request, "persons/new.html", forms=[form, identity, origin], form=form, identity=identity,
        origin=origin, similar=similar,
    )  # fmt: skip


def _similar(form: PersonForm, identity: IdentityForm) -> list[Person]:
    code, birth_date = identity.code, identity.code.birth_date
    if code.code:
        try:
            birth_date = services.check_code(
                code.kind, code.code, today=timezone.localdate()
            ).birth_date
        except ValidationError:
            return []  # the service will say so
    return queries.similar_persons(form.names.surname, form.names.given_names, birth_date)


def _register(form: PersonForm, identity: IdentityForm, origin: OriginForm) -> Person | None:
    given, code = form.cleaned_data, identity.code
    today = timezone.localdate()

    def register() -> Person:
        return services.register_person(
            form.names, today=today, language=Language(given["language"]),
            customer_since=given["customer_since"],
        )  # fmt: skip

    with transaction.atomic():
        person = form.run(register)
        if person is not None and (code.code or code.birth_date):
            recorded = identity.run(lambda: services.record_identity(person, code, today=today))
            if recorded is None:
                transaction.set_rollback(True)
                return None
        if person is not None and origin.cleaned_data["source"]:
            source = Source(origin.cleaned_data["source"])
            note_source_elsewhere(person, source, today=today)
        return person


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Names, language and the start of the customership."""
    person = queries.person_by_public_id(public_id)
    form = PersonChangeForm(posted(request), instance=person, roles=roles())

    def save() -> object:
        given = form.cleaned_data
        return services.change_person(
            person,
            form.names,
            language=Language(given["language"]),
            customer_since=given["customer_since"],
            reason=NameChangeReason(given["reason"] or NameChangeReason.CHANGED),
            used_until=given["used_until"],
            source=Source(given["name_source"] or Source.PERSON),
        )

    return change_page(
        request, person, form, save,
        done=_("Tiedot on tallennettu."), heading=_("Muokkaa perustietoja"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_identity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what identifies a person, or change it."""
    person = queries.person_by_public_id(public_id)
    today = timezone.localdate()
    known = queries.has_identity(person)
    form = (IdentityChangeForm if known else IdentityForm)(posted(request), roles=roles())

    def save() -> object:
        if not known:
            return services.record_identity(person, form.code, today=today)
        reason = FormerCodeReason(form.cleaned_data["reason"])
        return services.change_identity(person, form.code, reason=reason, today=today)

    return change_page(
        request, person, form, save,
        done=_("Tunniste on tallennettu."), heading=_("Tunnistetieto"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_contact_point(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new telephone number or e-mail address."""
    person = queries.person_by_public_id(public_id)
    if person.protected and request.method != "POST":
        return redirect(panels.page_for("persons:add_contact_point", person), public_id)
    form = ContactPointForm(posted(request), roles=roles(), today=timezone.localdate())

    def save() -> object:
        given = form.cleaned_data
        return services.add_contact_point(
            person,
            ContactKind(given["kind"]),
            given["value"],
            source=Source(given["source"]),
            valid_from=given["valid_from"],
        )

    return change_page(
        request, person, form, save,
        done=_("Yhteystieto on lisätty."), heading=_("Lisää yhteystieto"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_address(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new address."""
    person = queries.person_by_public_id(public_id)
    if person.protected and request.method != "POST":
        return redirect(panels.page_for("persons:add_address", person), public_id)
    form = AddressForm(posted(request), roles=roles(), today=timezone.localdate())

    def save() -> object:
        given = form.cleaned_data
        return services.add_address(
            person,
            AddressKind(given["kind"]),
            form.address,
            source=Source(given["source"]),
            valid_from=given["valid_from"],
        )

    return change_page(
        request, person, form, save,
        done=_("Osoite on lisätty."), heading=_("Lisää osoite"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def end_contact_point(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End a telephone number or e-mail address."""
    person = queries.person_by_public_id(public_id)
    point = queries.contact_point_of(person, pk)
    return _end(request, person, lambda day: services.end_contact_point(point, last_day=day))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def end_address(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End an address."""
    person = queries.person_by_public_id(public_id)
    address = queries.address_of(person, pk)
    return _end(request, person, lambda day: services.end_address(address, last_day=day))


def _end(request: HttpRequest, person: Person, end: Callable[[date], object]) -> HttpResponse:
    form = EndForm(posted(request), initial={"last_day": timezone.localdate()})
    return change_page(
        request, person, form, lambda: end(form.cleaned_data["last_day"]),
        done=_("Tieto on päätetty."), heading=_("Päätä voimassaolo"),
    )  # fmt: skip
