"""Pages of break-glass: opening, letting class D be opened, reviewing; on-call duty."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons.purposes import VIEWING
from registry.persons.queries.standing import closest_tie
from registry.persons.views.common import READ_PERSON
from registry.watch import lending, rules
from registry.watch.forms import DutyForm, OpenForm, ReviewForm
from registry.watch.models import Judgement
from registry.watch.queries import glass as queries
from registry.watch.rules import KEEPERS
from registry.watch.services import glass as services
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import TiedDenied
from vuokra.access.views import access
from vuokra.accounts.queries import staff_on
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import form_page, page_number, posted

READ_WATCH = ((Group.WATCH, Level.READ),)
WATCHING = (Purpose.VALVONTA, Purpose.OIKEUDET)
METHODS = ["GET", "HEAD", "POST"]


@access(Action.BREAK_GLASS, Surface.FORM, purposes=VIEWING, needs=READ_PERSON)
@require_http_methods(METHODS)
def open_glass(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a person's record for an emergency; the page tells nothing of the person."""
    person, now = queries.person_of(public_id), timezone.now()
    tie = closest_tie(person)
    refused = rules.refusal(
        roles=current().actor.roles,
        tie=tie,
        on_call=queries.on_call(current().actor.user_id, now),
        unreviewed=queries.unreviewed(current().actor.user_id),
    )
    if refused is rules.Refusal.OWN:
        current().alarm = True
        raise TiedDenied
    form = OpenForm(posted(request))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        glass = form.run(
            lambda: services.open_glass(
                person, reason=given["reason"], wants_special=given["wants_special"], now=now
            )
        )
        if glass is not None:
            lending.remember(request, person, glass)
            messages.warning(request, _("Hätäkatselu on käynnissä. Siitä on ilmoitettu."))
            return redirect("persons:card", person.public_id)
    minutes = queries.minutes(timezone.localdate(now))
    return form_page(
        request, "watch/open.html", forms=[form], form=form, tied=bool(tie), minutes=minutes,
        refused=services.REFUSALS.get(refused) if refused else "",
    )  # fmt: skip


@access(Action.BREAK_GLASS, Surface.FORM)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """The user is done: what was opened in this web session ends."""
    lending.end(request)
    messages.success(request, _("Hätäkatselu on lopetettu."))
    return redirect("home")


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=READ_WATCH, roles=rules.APPROVERS)
@require_http_methods(METHODS)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person: let class D be opened in another's break-glass, or leave it."""
    page, error = queries.glass_page(pk, with_events=False), ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                services.approve(page.row.glass, now=timezone.now())
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("Erityisten tietojen avaaminen on hyväksytty."))
            return redirect("home")
    over = page.ended.at <= timezone.now()
    return render(
        request, "watch/approve.html", {"page": page, "error": error, "over": over},
        status=422 if error else 200,
    )  # fmt: skip


@access(Action.VIEW_LOG, Surface.LIST, purposes=VIEWING, needs=READ_WATCH)
@require_safe
def glasses(request: HttpRequest) -> HttpResponse:
    """Every break-glass, newest first."""
    page = queries.glass_list(page_number(request))
    return render(request, "watch/glasses.html", {"page": page, "rows": page.object_list})


@access(
    Action.VIEW_LOG, Surface.DETAIL, purposes=WATCHING,
    needs=(*READ_WATCH, (Group.LOG, Level.READ)),
)  # fmt: skip
@require_http_methods(METHODS)
def glass(request: HttpRequest, pk: int) -> HttpResponse:
    """A break-glass with everything that was opened under it, and its review."""
    page = queries.glass_page(pk)
    form = ReviewForm(posted(request))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        done = form.run(
            lambda: services.review(
                page.row.glass, judgement=Judgement(given["judgement"]), text=given["text"]
            )
        )
        if done is not None:
            messages.success(request, _("Katselmointi on kirjattu."))
            return redirect("watch:glasses")
    return form_page(request, "watch/glass.html", forms=[form], form=form, page=page)


# -- on-call duty ------------------------------------------------------------------------------


@access(Action.CHANGE, Surface.FORM, roles=KEEPERS)
@require_http_methods(METHODS)
def duties(request: HttpRequest) -> HttpResponse:
    """On-call duties, and a form for a new one."""
    now = timezone.now()
    members = staff_on(timezone.localdate(now))
    form = DutyForm(
        posted(request),
        staff=sorted(((m.user_id, m.name) for m in members), key=lambda choice: choice[1]),
    )
    if form.is_bound and form.is_valid():
        made = form.run(
            lambda: services.record_duty(
                form.cleaned_data["staff"], starts_at=form.moment("first"),
                ends_at=form.moment("last"), now=now,
            )
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Päivystysvuoro on kirjattu."))
            return redirect("watch:duties")
    rows = queries.duties(now)
    return form_page(request, "watch/duties.html", forms=[form], form=form, duties=rows)


@access(Action.CHANGE, Surface.FORM, roles=KEEPERS)
@require_POST
def remove_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a duty that has not begun."""
    try:
        services.remove_duty(queries.duty_of(pk), now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Päivystysvuoro on poistettu."))
    return redirect("watch:duties")
