"""Forms: a new person, names, identity, contact details."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry.persons import queries, services
from registry.persons.forms import (
    AddressForm,
    ContactPointForm,
    EndForm,
    IdentityChangeForm,
    IdentityForm,
    PersonForm,
)
from registry.persons.models import (
    AddressKind,
    ContactKind,
    FormerCodeReason,
    Language,
    Person,
    Source,
)
from registry.persons.purposes import VIEWING
from registry.persons.views.common import (
    WRITE_CONTACT,
    WRITE_IDENTITY,
    WRITE_PERSON,
    form_page,
    roles,
    to_card,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """A new person with what identifies them. People of the same name are shown first (DP-A14)."""
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, prefix="person", roles=roles())
    identity = IdentityForm(
        data, prefix="identity", roles=roles(), empty_permitted=True, use_required_attribute=False
    )
    similar: list[Person] = []
    if data is not None and form.is_valid() and identity.is_valid():
        similar = [] if "confirmed" in data else _similar(form, identity)
        person = None if similar else _register(form, identity)
        if person is not None:
            return to_card(person, _("Henkilö on lisätty."), request)
    return form_page(
        request, "persons/new.html", forms=[form, identity], form=form, identity=identity,
        similar=similar,
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


def _register(form: PersonForm, identity: IdentityForm) -> Person | None:
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
        return person


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Names, language and the start of the customership."""
    person = queries.person_by_public_id(public_id)
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, instance=person, roles=roles())
    if data is not None and form.is_valid():
        given = form.cleaned_data
        saved = form.run(
            lambda: services.change_person(
                person,
                form.names,
                language=Language(given["language"]),
                customer_since=given["customer_since"],
            )
        )
        if saved is not None:
            return to_card(person, _("Tiedot on tallennettu."), request)
    return _detail_form(request, person, form, _("Muokkaa perustietoja"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_identity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what identifies a person, or change it."""
    person = queries.person_by_public_id(public_id)
    today = timezone.localdate()
    known = queries.has_identity(person)
    data = request.POST if request.method == "POST" else None
    form = (IdentityChangeForm if known else IdentityForm)(data, roles=roles())
    if data is not None and form.is_valid():
        if known:
            reason = FormerCodeReason(form.cleaned_data["reason"])
            saved = form.run(
                lambda: services.change_identity(person, form.code, reason=reason, today=today)
            )
        else:
            saved = form.run(lambda: services.record_identity(person, form.code, today=today))
        if saved is not None:
            return to_card(person, _("Tunniste on tallennettu."), request)
    return _detail_form(request, person, form, _("Tunnistetieto"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_contact_point(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new telephone number or e-mail address."""
    person = queries.person_by_public_id(public_id)
    data = request.POST if request.method == "POST" else None
    form = ContactPointForm(data, roles=roles(), today=timezone.localdate())
    if data is not None and form.is_valid():
        given = form.cleaned_data
        saved = form.run(
            lambda: services.add_contact_point(
                person,
                ContactKind(given["kind"]),
                given["value"],
                source=Source(given["source"]),
                valid_from=given["valid_from"],
            )
        )
        if saved is not None:
            return to_card(person, _("Yhteystieto on lisätty."), request)
    return _detail_form(request, person, form, _("Lisää yhteystieto"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_address(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new address."""
    person = queries.person_by_public_id(public_id)
    data = request.POST if request.method == "POST" else None
    form = AddressForm(data, roles=roles(), today=timezone.localdate())
    if data is not None and form.is_valid():
        given = form.cleaned_data
        saved = form.run(
            lambda: services.add_address(
                person,
                AddressKind(given["kind"]),
                form.address,
                source=Source(given["source"]),
                valid_from=given["valid_from"],
            )
        )
        if saved is not None:
            return to_card(person, _("Osoite on lisätty."), request)
    return _detail_form(request, person, form, _("Lisää osoite"))


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


def _end(request: HttpRequest, person: Person, service: Any) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = EndForm(data, initial={"last_day": timezone.localdate()})
    if data is not None and form.is_valid():
        try:
            with transaction.atomic():
                service(form.cleaned_data["last_day"])
        except ValidationError as error:
            form.add_error("last_day", error.messages)
        else:
            return to_card(person, _("Tieto on päätetty."), request)
    return _detail_form(request, person, form, _("Päätä voimassaolo"))


def _detail_form(request: HttpRequest, person: Person, form: Any, heading: str) -> HttpResponse:
    return form_page(
        request, "persons/form.html", forms=[form], form=form, person=person, heading=heading
    )
