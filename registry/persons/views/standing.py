"""Pages of how a person stands: ties of staff (sidonnaisuudet)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.persons import queries
from registry.persons.forms import EndForm
from registry.persons.models import TieKind
from registry.persons.purposes import VIEWING
from registry.persons.queries import standing
from registry.persons.services import standing as services
from registry.persons.standing_forms import TieForm
from registry.persons.views.changing import change_page
from registry.persons.views.common import roles
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.accounts.queries import staff_choices
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import posted

READ_TIES = ((Group.PERSON, Level.READ), (Group.TIES, Level.READ))
WRITE_TIES = ((Group.PERSON, Level.READ), (Group.TIES, Level.WRITE))


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_TIES)
@require_safe
def ties(request: HttpRequest) -> HttpResponse:
    """Every tie in force or to come. Here, and not on the card, a tie is ended: a card that is
    closed to everybody could not be opened for that."""
    found = standing.all_ties(today=timezone.localdate())
    return render(request, "persons/ties.html", {"ties": found})


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE_TIES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_tie(request: HttpRequest, public_id: str) -> HttpResponse:
    """A tie of a member of staff to the person; the card may be closed after it."""
    person = queries.person_by_public_id(public_id)
    form = TieForm(
        posted(request),
        roles=roles(),
        staff=staff_choices(),
        acting=current().actor.user_id or 0,
        today=timezone.localdate(),
    )

    def save() -> object:
        given = form.cleaned_data
        return services.record_tie(
            person,
            given["staff"],
            TieKind(given["kind"]),
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
        )

    return change_page(
        request, person, form, save,
        done=_("Sidonnaisuus on kirjattu."), heading=_("Kirjaa sidonnaisuus"), back="persons:ties",
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_TIES)
@require_http_methods(["GET", "HEAD", "POST"])
def end_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """End a tie of somebody else."""
    link = standing.tie_by_id(pk)
    form = EndForm(posted(request), initial={"last_day": timezone.localdate()})
    return change_page(
        request,
        link.person,
        form,
        lambda: services.end_tie(link, last_day=form.cleaned_data["last_day"]),
        done=_("Sidonnaisuus on päätetty."),
        back="persons:ties",
        template="persons/end_tie.html",
    )
