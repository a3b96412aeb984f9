"""Pages of the access log. Looking at it is recorded like everything else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registry.log import exports, filters, queries
from registry.log.filters import Chosen, NumberForm
from registry.log.queries import LogPage
from registry.persons.queries import person_by_public_id
from registry.persons.tabs import card_tabs
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.log_queries import Segment
from vuokra.access.views import AccessStream, access
from vuokra.accounts.queries import staff_choices
from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role
from vuokra.ui.spreadsheet import CONTENT_TYPE

WATCHING = (Purpose.VALVONTA, Purpose.OIKEUDET)
READ_LOG = ((Group.LOG, Level.READ),)
SEES_SEALS = frozenset({Role.JOH, Role.TAR, Role.REK})


@access(Action.VIEW_LOG, Surface.LIST, purposes=WATCHING, needs=READ_LOG)
@require_safe
def log_list(request: HttpRequest) -> HttpResponse:
    """The whole log, newest first."""
    chosen = filters.chosen(request.GET)
    context = _looked(request, chosen)
    context["state"] = queries.integrity() if current().actor.roles & SEES_SEALS else None
    return render(request, "log/list.html", context | {"person": None, "now": timezone.now()})


@access(Action.VIEW_LOG, Surface.SEARCH, purposes=WATCHING, needs=READ_LOG)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Narrow the log to the person of a customer number, which stands in no address."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Asiakasnumerossa on vain numeroita."))
        return redirect("log:list")
    person = queries.subject_by_number(form.cleaned_data["asiakas"])
    if person is None:
        messages.warning(request, _("Asiakasnumerolla ei ole ketään."))
        return redirect("log:list")
    current().note_subjects([person.pk])
    return redirect(filters.chosen(request.POST, person).address(reverse("log:list")))


@access(
    Action.VIEW_LOG,
    Surface.LIST,
    purposes=WATCHING,
    needs=(*READ_LOG, (Group.PERSON, Level.READ)),
)
@require_safe
def person_log(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the log tells of one person: a tab of the card."""
    person = person_by_public_id(public_id)
    context = _looked(request, filters.chosen(request.GET, person), in_path=True)
    tabs = card_tabs(person, current_url_name="log:person")
    return render(request, "log/list.html", context | {"person": person, "tabs": tabs})


@access(Action.VIEW_LOG, Surface.LIST)
@require_safe
def own_views(request: HttpRequest) -> HttpResponse:
    """What the user has looked at (omat katseluni): no role is needed for that."""
    me = current().actor.user_id
    chosen = filters.chosen(request.GET, of_everybody=False)
    wanted = chosen.wanted(timezone.localdate(), actor_id=me, quiet_for=me)
    page = queries.log_page(wanted, place=chosen.place, onward=chosen.onward)
    return render(request, "log/own.html", _context(request, chosen, page))


@access(Action.VIEW_LOG, Surface.DETAIL, roles=tuple(SEES_SEALS))
@require_safe
def integrity(request: HttpRequest) -> HttpResponse:
    """Whether the log is whole: the signed heads, for comparing with the exported ones."""
    return render(
        request, "log/integrity.html", {"state": queries.integrity(), "now": timezone.now()}
    )


@access(Action.EXPORT, Surface.EXPORT, purposes=WATCHING, needs=READ_LOG, roles=(Role.REK,))
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The log as the screen is narrowed, as a file, for a purpose that is chosen; for the
    data-protection officer alone."""
    chosen = filters.chosen(request.POST)
    purpose = next((one for one in _purposes() if one == request.POST.get("peruste")), None)
    if purpose is None:
        messages.error(request, _("Valitse, mihin lokia viedään."))
        return redirect(chosen.address(reverse("log:list")))
    current().purpose = purpose
    _note(chosen)
    read = exports.reader(chosen.wanted(timezone.localdate()))
    return AccessStream(read, content_type=CONTENT_TYPE, filename="kayttoloki.csv")


def _looked(request: HttpRequest, chosen: Chosen, *, in_path: bool = False) -> dict[str, Any]:
    """A page of the log in words, with its filters; the event tells what was looked for."""
    _note(chosen)
    wanted = chosen.wanted(timezone.localdate())
    page = queries.log_page(wanted, place=chosen.place, onward=chosen.onward)
    context = _context(request, chosen, page, queries.counts(wanted), in_path=in_path)
    staff = staff_choices()
    return context | {
        "staff": staff,
        "roles": Role.choices,
        "exports": _purposes() if Role.REK in current().actor.roles else [],
    }


def _purposes() -> list[Purpose]:
    """For what the user may take the log out."""
    held = rights.purposes(current().actor.roles)
    return [purpose for purpose in WATCHING if purpose in held]


def _note(chosen: Chosen) -> None:
    """Searching the log is itself logged: by which filters, about whom."""
    ctx = current()
    for code in chosen.codes:
        ctx.note("filter", code)
    if chosen.person is not None:
        ctx.note_subjects([chosen.person.pk])


def _context(
    request: HttpRequest,
    chosen: Chosen,
    page: LogPage,
    counts: dict[Segment, int] | None = None,
    *,
    in_path: bool = False,
) -> dict[str, Any]:
    def address(**changes: str) -> str:
        return chosen.address(request.path, **({"henkilo": ""} if in_path else {}) | changes)

    return {
        "page": page,
        "chosen": chosen,
        "segments": [
            {
                "label": segment.label,
                "url": address(rajaus=segment.value if segment is not Segment.ALL else ""),
                "current": segment == chosen.segment,
                "count": counts[segment] if counts else None,
            }
            for segment in Segment
        ],
        "periods": filters.DAYS,
        "newer": address(jalkeen=filters.spelled(page.newer)) if page.newer else "",
        "older": address(ennen=filters.spelled(page.older)) if page.older else "",
        "path": request.path,
        "list_url": reverse("log:list"),
        "without_person": address(henkilo=""),
    }
