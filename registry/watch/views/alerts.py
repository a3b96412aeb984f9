"""Pages of the review: alerts, suspicions, samples, watched people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons.forms import EndForm
from registry.watch.forms import DisposeForm, ListedForm, PassOnForm, SampleForm
from registry.watch.models import Outcome, Rule
from registry.watch.queries import alerts as queries
from registry.watch.queries.alerts import View, Wanted
from registry.watch.services import alerts as services
from registry.watch.views.glass import METHODS, READ_WATCH, WATCHING
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.accounts.queries import staff_choices
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import form_page, number_told, page_number, posted

READ = (*READ_WATCH, (Group.LOG, Level.READ))
WRITE = ((Group.WATCH, Level.WRITE), (Group.LOG, Level.READ))


@access(Action.VIEW_LOG, Surface.LIST, purposes=WATCHING, needs=READ)
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """Alerts, those not disposed of first asked for."""
    wanted = _wanted(request.GET)
    page = queries.alert_list(wanted, page_number(request))
    context = {
        "page": page,
        "rows": page.object_list,
        "segments": _segments(wanted),
        "wanted": wanted,
        "query": _query(wanted),
        "rules": Rule.choices,
        "staff": staff_choices(),
        "round": queries.last_round(),
        "alarms": queries.unseen_alarms(timezone.now()),
    }
    return render(request, "watch/alerts.html", context)


def _wanted(given: QueryDict) -> Wanted:
    view, rule, staff = (given.get(name, "") for name in ("tila", "saanto", "kayttaja"))
    return Wanted(
        View(view) if view in View.values else View.OPEN,
        rule if rule in Rule.values else "",
        number_told(staff),
    )


def _query(wanted: Wanted, view: View | None = None) -> str:
    query = QueryDict(mutable=True)
    chosen = view or wanted.view
    values = {
        "tila": chosen.value if chosen is not View.OPEN else "",
        "saanto": wanted.rule,
        "kayttaja": str(wanted.staff_id or ""),
    }
    query.update({name: value for name, value in values.items() if value})
    return query.urlencode()


def _segments(wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {"label": v.label, "url": f"?{_query(wanted, v)}", "current": v is wanted.view}
        for v in View
    ]


@access(Action.VIEW_LOG, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_POST
def go_through(request: HttpRequest) -> HttpResponse:
    """Go through the log now, and not only at night."""
    made = services.go_through(timezone.now())
    text = ngettext("%(n)s uusi hälytys.", "%(n)s uutta hälytystä.", made) % {"n": made}
    messages.success(request, _("Loki on käyty läpi.") + f" {text}")
    return redirect("watch:alerts")


@access(Action.VIEW_LOG, Surface.DETAIL, purposes=WATCHING, needs=READ)
@require_http_methods(METHODS)
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """An alert with its events, and what is concluded of it."""
    page = queries.alert_page(pk)
    form = DisposeForm(posted(request))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        done = form.run(
            lambda: services.dispose(
                page.row.alert, outcome=Outcome(given["outcome"]), text=given["text"]
            )
        )
        if done is not None:
            messages.success(request, _("Hälytys on käsitelty."))
            return redirect("watch:alerts")
    return form_page(request, "watch/alert.html", forms=[form], form=form, page=page)


# -- suspicions --------------------------------------------------------------------------------


@access(Action.VIEW_LOG, Surface.LIST, purposes=WATCHING, needs=READ)
@require_safe
def suspicions(request: HttpRequest) -> HttpResponse:
    """Suspected breaches, those that nobody has taken on first."""
    return render(request, "watch/suspicions.html", {"rows": queries.suspicions()})


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_http_methods(METHODS)
def suspicion(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a suspicion was taken."""
    row = queries.suspicion_of(pk)
    form = PassOnForm(posted(request))

    def save() -> object:
        return services.pass_on(row, where=form.cleaned_data["where"])

    if form.is_bound and form.is_valid() and form.run(save) is not None:
        messages.success(request, _("Epäily on siirretty."))
        return redirect("watch:suspicions")
    due = queries.notify_by(row)
    return form_page(
        request,
        "watch/suspicion.html",
        forms=[form],
        form=form,
        suspicion=row,
        due=due,
        passing=getattr(row, "passing", None),
    )


# -- samples -----------------------------------------------------------------------------------


@access(Action.VIEW_LOG, Surface.LIST, purposes=WATCHING, needs=READ)
@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """The samples of the last weeks."""
    return render(request, "watch/samples.html", {"rows": queries.samples()})


@access(Action.VIEW_LOG, Surface.DETAIL, purposes=WATCHING, needs=READ)
@require_http_methods(METHODS)
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A week's sample with its events, whether the draw repeats, and what was seen in it."""
    page = queries.sample_page(pk)
    form = SampleForm(posted(request))
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        if form.run(lambda: services.review_sample(page.row.sample, text=text)) is not None:
            messages.success(request, _("Otanta on käyty läpi."))
            return redirect("watch:samples")
    repeats = services.repeats(page.row.sample)
    return form_page(
        request, "watch/sample.html", forms=[form], form=form, page=page, repeats=repeats
    )


# -- watched people ----------------------------------------------------------------------------


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_http_methods(METHODS)
def listed(request: HttpRequest) -> HttpResponse:
    """People whose every look raises an alert, and a form for one more."""
    today = timezone.localdate()
    form = ListedForm(posted(request), initial={"valid_from": today})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        person = queries.person_of_number(given["number"])
        if person is None:
            form.add_error("number", _("Asiakasnumerolla ei ole ketään."))
        elif (
            form.run(
                lambda: services.list_person(
                    person, why=given["why"], valid_from=given["valid_from"]
                )
            )
            is not None
        ):
            messages.success(request, _("Henkilön tietojen katselua seurataan."))
            return redirect("watch:listed")
    return form_page(
        request, "watch/listed.html", forms=[form], form=form, rows=queries.listed(today)
    )


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_http_methods(METHODS)
def end_listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch a person's record no more."""
    row = queries.listed_of(pk)
    current().note_subjects([row.person_id])
    form = EndForm(posted(request), initial={"last_day": timezone.localdate()})
    valid = form.is_bound and form.is_valid()
    if (
        valid
        and form.run(lambda: services.end_listing(row, last_day=form.cleaned_data["last_day"]))
        is not None
    ):
        messages.success(request, _("Seuranta on päätetty."))
        return redirect("watch:listed")
    return form_page(request, "watch/end_listing.html", forms=[form], form=form, row=row)
