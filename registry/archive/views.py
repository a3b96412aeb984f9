"""Pages of the paper archive."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.archive import queries, rules, services
from registry.archive.forms import DestroyForm, LoanForm, PaperForm, StoreForm, of_file
from registry.archive.models import Destruction, Store
from registry.archive.queries import State
from registry.persons.forms import CustomerNumberForm
from registry.persons.models import Person
from registry.persons.purposes import VIEWING
from registry.persons.queries import person_by_number, person_by_public_id
from registry.persons.tabs import card_tabs
from registry.persons.views.changing import change_page
from registry.persons.views.common import purposes_held
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import form_page, number_told, page_number, posted

READ = ((Group.ARCHIVE, Level.READ),)
WRITE = ((Group.ARCHIVE, Level.WRITE),)
READ_OF_PERSON = ((Group.PERSON, Level.READ), *READ)
WRITE_OF_PERSON = ((Group.PERSON, Level.READ), *WRITE)
METHODS = ["GET", "HEAD", "POST"]


# -- lists -------------------------------------------------------------------------------------


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ)
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Papers by place and state, by customer number; no names stand here."""
    today, given = timezone.localdate(), request.GET.get("rajaus", "")
    state = State(given) if given in State.values else None
    store = _chosen_store(request.GET.get("paikka", ""))
    page = queries.file_list(
        today, store=store.pk if store else None, state=state, number=page_number(request)
    )
    return render(
        request,
        "archive/list.html",
        {
            "page": page,
            "rows": page.object_list,
            "store": store,
            "segments": _segments(state, store),
            "query": _query(state, store),
            "number": CustomerNumberForm(),
        },
    )


def _chosen_store(given: str) -> Store | None:
    number = number_told(given)
    return None if number is None else Store.objects.filter(pk=number).first()


def _query(state: State | None, store: Store | None) -> str:
    parts = [f"rajaus={state.value}"] if state else []
    return "&".join(parts + ([f"paikka={store.pk}"] if store else []))


def _segments(chosen: State | None, store: Store | None) -> list[dict[str, Any]]:
    views: list[tuple[State | None, Any]] = [(None, _("Kaikki")), *((s, s.label) for s in State)]
    return [
        {"label": label, "url": f"?{_query(state, store)}", "current": state is chosen}
        for state, label in views
    ]


@access(Action.SEARCH, Surface.SEARCH, purposes=VIEWING, needs=READ_OF_PERSON)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The papers of a customer number, which stands in no address."""
    form = CustomerNumberForm(request.POST)
    found = person_by_number(form.cleaned_data["number"]) if form.is_valid() else None
    if found is None:
        messages.warning(request, _("Asiakasnumerolla ei ole ketään."))
        return redirect("archive:list")
    return redirect("archive:person", found.public_id)


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ_OF_PERSON)
@require_safe
def of_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """The papers of one person: a tab of the card."""
    person = person_by_public_id(public_id)
    context = {
        "person": person,
        "rows": queries.files_of(person, today=timezone.localdate()),
        "tabs": card_tabs(person, current_url_name="archive:person"),
    }
    return render(request, "archive/person.html", context)


# -- places ------------------------------------------------------------------------------------


@access(Action.VIEW, Surface.LIST, purposes=VIEWING, needs=READ)
@require_safe
def stores(request: HttpRequest) -> HttpResponse:
    """Boxes, folders, shelves and cabinets with the number of files in each."""
    return render(request, "archive/stores.html", {"stores": queries.stores()})


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(METHODS)
def new_store(request: HttpRequest) -> HttpResponse:
    """A new place."""
    return _store_page(request, Store(), _("Uusi säilytyspaikka"))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(METHODS)
def edit_store(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a place, or take it out of use."""
    return _store_page(request, queries.store_by_id(pk), _("Muuta säilytyspaikkaa"))


def _store_page(request: HttpRequest, store: Store, heading: str) -> HttpResponse:
    initial = {name: getattr(store, name) for name in StoreForm.base_fields} if store.pk else {}
    form = StoreForm(posted(request), initial=initial)
    valid = form.is_bound and form.is_valid()
    if valid and form.run(lambda: services.save_store(form.filled(store))) is not None:
        messages.success(request, _("Säilytyspaikka on tallennettu."))
        return redirect("archive:stores")
    return form_page(request, "archive/store.html", forms=[form], form=form, heading=heading)


# -- papers ------------------------------------------------------------------------------------


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE_OF_PERSON)
@require_http_methods(METHODS)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record papers of a person."""
    person, today = person_by_public_id(public_id), timezone.localdate()
    form = _paper_form(request)
    return change_page(
        request, person, form, lambda: services.record_file(person, form.details, today=today),
        done=_("Paperiaineisto on kirjattu."), heading=_("Kirjaa paperiaineisto"),
        back=_papers_of(person), template="archive/form.html",
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_OF_PERSON)
@require_http_methods(METHODS)
def edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Change what is recorded of papers."""
    person, today = person_by_public_id(public_id), timezone.localdate()
    row = queries.file_of(person, pk, today=today)
    form = _paper_form(request, initial=of_file(row.file))
    return change_page(
        request, person, form, lambda: services.change_file(row.file, form.details, today=today),
        done=_("Paperiaineisto on tallennettu."), heading=_("Muuta paperiaineistoa"),
        back=_page_of(person, pk), template="archive/form.html",
    )  # fmt: skip


def _paper_form(request: HttpRequest, **given: Any) -> PaperForm:
    kinds = rules.kinds_open_to(current().actor)
    return PaperForm(posted(request), kinds=kinds, stores=queries.open_stores(), **given)


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ_OF_PERSON)
@require_safe
def file(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Papers: where they are, who has had them, and their end."""
    person = person_by_public_id(public_id)
    page = queries.file_page(person, pk, today=timezone.localdate())
    me = current().actor.user_id
    context = {"person": person, "page": page, "row": page.row, "me": me}
    return render(request, "archive/file.html", context)


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=READ_OF_PERSON)
@require_http_methods(METHODS)
def borrow(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take papers out in one's own name."""
    person, today = person_by_public_id(public_id), timezone.localdate()
    row = queries.file_of(person, pk, today=today)
    purpose = current().purpose
    form = LoanForm(
        posted(request), purposes=purposes_held(),
        initial={"purpose": purpose.value if purpose else ""},
    )  # fmt: skip

    def save() -> object:
        given = form.cleaned_data
        return services.borrow(
            row.file, purpose=Purpose(given["purpose"]), due=given["due"], today=today
        )

    return change_page(
        request, person, form, save, done=_("Laina on kirjattu."), heading=_("Lainaa aineisto"),
        back=_page_of(person, pk),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=READ_OF_PERSON)
@require_POST
def give_back(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Papers are back in their place."""
    person = person_by_public_id(public_id)
    loan = queries.file_of(person, pk, today=timezone.localdate()).loan
    if loan is None:
        raise ObjectDenied("registry_archive_loan")
    services.give_back(loan)
    messages.success(request, _("Palautus on kirjattu."))
    return redirect("archive:file", public_id, pk)


# -- destruction -------------------------------------------------------------------------------


@access(Action.DELETE, Surface.FORM, purposes=VIEWING, needs=WRITE_OF_PERSON)
@require_http_methods(METHODS)
def destroy(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Record that papers were destroyed before a witness."""
    person, today = person_by_public_id(public_id), timezone.localdate()
    row = queries.file_of(person, pk, today=today)
    row.file.person = person
    form = DestroyForm(
        posted(request), witnesses=queries.witnesses(row.file.kind, today=today), today=today,
        initial={"ground": row.due_ground or Destruction.Ground.RETENTION},
    )  # fmt: skip

    def save() -> object:
        given = form.cleaned_data
        return services.record_destruction(
            row.file,
            ground=Destruction.Ground(given["ground"]),
            method=Destruction.Method(given["method"]),
            destroyed_on=given["destroyed_on"],
            witness_id=given["witness"],
            today=today,
        )

    return change_page(
        request, person, form, save,
        done=_("Tuhoaminen on kirjattu. Todistaja vahvistaa sen omalla tunnuksellaan."),
        heading=_("Kirjaa tuhoaminen"), back=_page_of(person, pk), template="archive/destroy.html",
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=READ_OF_PERSON)
@require_POST
def witness(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The witness confirms the destruction, or says that it was not so."""
    person = person_by_public_id(public_id)
    done = queries.file_of(person, pk, today=timezone.localdate()).destruction
    if done is None:
        raise ObjectDenied("registry_archive_destruction")
    try:
        with transaction.atomic():
            if request.POST.get("nahty") == "off":
                services.refuse_destruction(done)
            else:
                services.confirm_destruction(done)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Kirjattu."))
    return redirect("archive:file", public_id, pk)


def _papers_of(person: Person) -> str:
    return reverse("archive:person", args=[person.public_id])


def _page_of(person: Person, pk: int) -> str:
    return reverse("archive:file", args=[person.public_id, pk])
