"""Pages of a person's marks: death, restriction of processing, legal hold."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry.persons import queries, restriction
from registry.persons.models import MarkKind, Source
from registry.persons.purposes import VIEWING
from registry.persons.queries import marks
from registry.persons.services import marks as services
from registry.persons.standing_forms import (
    DeathForm,
    EndMarkForm,
    HoldReviewForm,
    MarkForm,
    RestrictedForm,
)
from registry.persons.views.changing import change_page
from registry.persons.views.common import READ_PERSON, WRITE_PERSON
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import form_page, posted

WRITE_MARKS = ((Group.PERSON, Level.READ), (Group.RIGHTS, Level.WRITE))


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_death(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a death, correct it, or take back what was a mistake."""
    person = queries.person_by_public_id(public_id)
    death = marks.death_of(person)
    known = {"died_on": death.valid_from, "source": death.source} if death else None
    form = DeathForm(posted(request), known=death is not None, initial=known)

    def save() -> object:
        given = form.cleaned_data
        if death is not None and given["mistake"]:
            services.remove_death(death)
            return death
        return services.record_death(
            person, given["died_on"], source=Source(given["source"]), today=timezone.localdate()
        )

    return change_page(
        request, person, form, save, done=_("Tieto on tallennettu."), heading=_("Kuolema")
    )


@access(Action.VIEW, Surface.FORM, purposes=VIEWING, needs=READ_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def restricted(request: HttpRequest, public_id: str) -> HttpResponse:
    """For what the data of one whose processing is restricted are opened (A35); recorded."""
    person = queries.person_by_public_id(public_id, asking=True)
    form = RestrictedForm(posted(request))
    if form.is_bound and form.is_valid():
        reason = restriction.Reason(form.cleaned_data["ground"])
        current().reason = form.cleaned_data["reason_text"]
        current().note("restricted", reason)
        restriction.remember(request, person, reason)
        return redirect("persons:card", public_id)
    return form_page(request, "persons/restricted.html", forms=[form], form=form, person=person)


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE_MARKS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """Restrict processing, or hold the data from deletion."""
    person = queries.person_by_public_id(public_id)
    form = MarkForm(posted(request), initial={"valid_from": timezone.localdate()})

    def save() -> object:
        given = form.cleaned_data
        kind, ground = form.chosen
        return services.add_mark(
            person,
            kind,
            ground,
            matter=given["matter"],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
        )

    return change_page(
        request, person, form, save,
        done=_("Merkintä on lisätty."), heading=_("Rajoita käsittelyä tai estä poisto"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_MARKS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_mark(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End a restriction or a hold."""
    person = queries.person_by_public_id(public_id)
    mark = marks.mark_of(person, pk)
    form = EndMarkForm(
        posted(request),
        initial={"last_day": timezone.localdate()},
        restriction=mark.kind == MarkKind.RESTRICTION,
    )
    return change_page(
        request,
        person,
        form,
        lambda: services.end_mark(
            mark, last_day=form.cleaned_data["last_day"], told_on=form.cleaned_data.get("told_on")
        ),
        done=_("Merkintä on päätetty."),
        heading=_("Päätä merkintä"),
    )


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE_MARKS)
@require_http_methods(["GET", "HEAD", "POST"])
def review_hold(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Look whether a legal hold is needed still: it goes on, or ends."""
    today = timezone.localdate()
    person = queries.person_by_public_id(public_id)
    hold = marks.hold_of(person, pk, today=today)
    form = HoldReviewForm(posted(request))

    def save() -> object:
        given = form.cleaned_data
        if given["outcome"] == "over":
            return services.end_mark(hold, last_day=given["last_day"])
        return services.review_hold(hold, today=today)

    return change_page(
        request, person, form, save,
        done=_("Säilytyspito on tarkistettu."), heading=_("Tarkista säilytyspito"),
    )  # fmt: skip
