"""Pages of people: list, search, card, forms, reveal, export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons import exports, queries, rules, services
from registry.persons.forms import (
    AddressForm,
    ContactPointForm,
    EndForm,
    FilterForm,
    IdentityChangeForm,
    IdentityForm,
    PersonForm,
    ReasonForm,
)
from registry.persons.models import (
    AddressKind,
    ContactKind,
    FormerCodeReason,
    IdentityKind,
    Language,
    Person,
    Source,
)
from registry.persons.tabs import card_tabs
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import AccessStream, access
from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role
from vuokra.ui.formatting import hetu_mask
from vuokra.ui.spreadsheet import CONTENT_TYPE

# In the order in which one is chosen for a role that may state several.
VIEWING = (
    Purpose.SOPIMUS, Purpose.HAKEMUS, Purpose.RESKONTRA, Purpose.PERINTA, Purpose.KUNNOSSAPITO,
    Purpose.ASUMISEN_TUKI, Purpose.OIKEUDET, Purpose.ASUKASVALINTA, Purpose.VALVONTA,
)  # fmt: skip
READ_PERSON = ((Group.PERSON, Level.READ),)
WRITE_PERSON = ((Group.PERSON, Level.WRITE),)
WRITE_IDENTITY = ((Group.PERSON, Level.READ), (Group.IDENTITY, Level.WRITE))
WRITE_CONTACT = ((Group.PERSON, Level.READ), (Group.CONTACT, Level.WRITE))
REVEAL_HETU = ((Group.PERSON, Level.READ), (Group.IDENTITY, Level.READ), (Group.HETU, Level.MASKED))
EXPORTERS = (Role.SOP, Role.REK, Role.JOH)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"
UNPROCESSABLE = 422


def _roles() -> frozenset[str]:
    return current().actor.roles


def _purposes() -> list[Purpose]:
    """Purposes of these pages that the actor may state, the usual one first."""
    held = rights.purposes(_roles())
    return [purpose for purpose in VIEWING if purpose in held]


def _to_card(person: Person, text: str, request: HttpRequest) -> HttpResponse:
    messages.success(request, text)
    return redirect("persons:card", person.public_id)


def _form_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page with forms: 422 when one of them has errors."""
    forms: Sequence[Any] = context["forms"]
    status = UNPROCESSABLE if any(form.is_bound and form.errors for form in forms) else 200
    return render(request, template, context, status=status)


# --- list and search ------------------------------------------------------------------------


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """People in Finnish order, 50 on a page. A name in the address is not looked at."""
    form = FilterForm(request.GET)
    number = request.GET.get("sivu", "1")
    page = queries.person_list(
        form.filters, int(number) if number.isdecimal() else 1, today=timezone.localdate()
    )
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in form.cleaned_data.items() if value})
    return render(
        request,
        "persons/list.html",
        {
            "page": page,
            "rows": page.object_list,
            "query": query.urlencode(),
            "letters": LETTERS,
            "filters": form,
            "exports": bool(set(EXPORTERS) & _roles()),
            "purposes": _purposes(),
        },
    )


@access(Action.SEARCH, Surface.SEARCH, purposes=VIEWING, needs=READ_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search by POST only; a GET shows the empty form, whatever its address says (DP-A11)."""
    context: dict[str, Any] = {
        "searched": False, "too_short": 0, "typed": "", "rows": [], "more": False,
        "limit": queries.MAX_HITS,
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "persons/search.html", context)
    typed = request.POST.get("q", "")[:100]
    try:
        hits = queries.find(typed, today=timezone.localdate())
    except queries.SearchTooShort:
        context |= {"too_short": rules.MIN_SEARCH, "typed": typed}
        return render(request, "persons/search.html", context, status=UNPROCESSABLE)
    if hits.by_code and len(hits.rows) == 1:
        return redirect("persons:card", hits.rows[0].person.public_id)
    typed = "" if hits.by_code else typed
    context |= {"searched": True, "rows": hits.rows, "more": hits.more, "typed": typed}
    return render(request, "persons/search.html", context)


@access(Action.EXPORT, Surface.EXPORT, purposes=VIEWING, needs=READ_PERSON, roles=EXPORTERS)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as CSV, read and recorded batch by batch."""
    _state_reason(request)
    filters = FilterForm(request.POST).filters
    read = exports.reader(filters, _roles(), today=timezone.localdate())
    return AccessStream(read, content_type=CONTENT_TYPE, filename="henkilot.csv")


def _state_reason(request: HttpRequest) -> None:
    """Take the purpose and the words of a reason that were posted into the access context."""
    form = ReasonForm(request.POST, purposes=_purposes())
    if not form.is_valid():
        raise ObjectDenied("reason")
    if form.cleaned_data["reason"]:
        current().purpose = Purpose(form.cleaned_data["reason"])
    current().reason = form.cleaned_data["reason_text"]


# --- card -----------------------------------------------------------------------------------


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's card with what the role may see, and who has looked."""
    found = queries.person_card(public_id, today=timezone.localdate())
    identity = found.identity
    return render(
        request,
        "persons/card.html",
        {
            "person": found.person,
            "card": found,
            "identity": identity,
            "mask": hetu_mask(identity.birth_date) if identity else "",
            "coded": identity is not None and identity.kind != IdentityKind.BIRTH_DATE,
            "tabs": card_tabs(found.person, current_url_name="persons:card"),
            "looks": queries.lookers(found.person, now=timezone.now()),
            "purpose": current().purpose,
            "now": timezone.now(),
        },
    )


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=REVEAL_HETU)
@require_POST
def reveal_hetu(request: HttpRequest, public_id: str) -> HttpResponse:
    """The identity code for 60 seconds: a fragment for htmx, a page of its own without."""
    _state_reason(request)
    person = queries.person_by_public_id(public_id)
    identity = queries.identity_of(person)
    if identity.hetu is None:
        raise ObjectDenied("registry_persons_identity", identity.pk)
    context = {
        "state": "revealed",
        "what": _("henkilötunnus"),
        "url": reverse("persons:reveal_hetu", args=[public_id]),
        "sealed": identity.hetu,
        "mask": hetu_mask(identity.birth_date),
        "back": reverse("persons:card", args=[public_id]),
    }
    fragment = request.headers.get("HX-Request") == "true"
    return render(
        request, "components/masked_value.html" if fragment else "layout/reveal.html", context
    )


# --- forms ----------------------------------------------------------------------------------


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """A new person with what identifies them. People of the same name are shown first (DP-A14)."""
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, prefix="person", roles=_roles())
    identity = IdentityForm(
        data, prefix="identity", roles=_roles(), empty_permitted=True, use_required_attribute=False
    )
    similar: list[Person] = []
    if data is not None and form.is_valid() and identity.is_valid():
        similar = [] if "confirmed" in data else _similar(form, identity)
        person = None if similar else _register(form, identity)
        if person is not None:
            return _to_card(person, _("Henkilö on lisätty."), request)
    return _form_page(
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
    form = PersonForm(data, instance=person, roles=_roles())
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
            return _to_card(person, _("Tiedot on tallennettu."), request)
    return _detail_form(request, person, form, _("Muokkaa perustietoja"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_identity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what identifies a person, or change it."""
    person = queries.person_by_public_id(public_id)
    today = timezone.localdate()
    known = queries.has_identity(person)
    data = request.POST if request.method == "POST" else None
    form = (IdentityChangeForm if known else IdentityForm)(data, roles=_roles())
    if data is not None and form.is_valid():
        if known:
            reason = FormerCodeReason(form.cleaned_data["reason"])
            saved = form.run(
                lambda: services.change_identity(person, form.code, reason=reason, today=today)
            )
        else:
            saved = form.run(lambda: services.record_identity(person, form.code, today=today))
        if saved is not None:
            return _to_card(person, _("Tunniste on tallennettu."), request)
    return _detail_form(request, person, form, _("Tunnistetieto"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_contact_point(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new telephone number or e-mail address."""
    person = queries.person_by_public_id(public_id)
    data = request.POST if request.method == "POST" else None
    form = ContactPointForm(data, roles=_roles(), today=timezone.localdate())
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
            return _to_card(person, _("Yhteystieto on lisätty."), request)
    return _detail_form(request, person, form, _("Lisää yhteystieto"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_address(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new address."""
    person = queries.person_by_public_id(public_id)
    data = request.POST if request.method == "POST" else None
    form = AddressForm(data, roles=_roles(), today=timezone.localdate())
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
            return _to_card(person, _("Osoite on lisätty."), request)
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
            return _to_card(person, _("Tieto on päätetty."), request)
    return _detail_form(request, person, form, _("Päätä voimassaolo"))


def _detail_form(request: HttpRequest, person: Person, form: Any, heading: str) -> HttpResponse:
    return _form_page(
        request, "persons/form.html", forms=[form], form=form, person=person, heading=heading
    )
