"""The home page (työjono), reminders, and what is done with a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.desk import queries, services, side
from vuokra.desk.forms import HandOverForm, PutOffForm, ReminderForm
from vuokra.desk.models import Reminder
from vuokra.desk.queries import Line
from vuokra.desk.subjects import Subject, subject_of, subjects
from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import WORKING, Level
from vuokra.ui import formatting, navigation
from vuokra.ui.pages import form_page

MOST = 100  # lines shown before all are asked for
WORK = ((Group.WORK, Level.WRITE),)
DONE = "tehty"
ACT = {"take": "ota", "release": "vapauta", "hand_over": "luovuta", "put_off": "lykkaa"}
"""What the buttons of a row's page post as `toimi`."""


@access(Action.LIST, Surface.LIST)
@require_safe
def work_queue(request: HttpRequest) -> HttpResponse:
    """What needs doing; nothing yet for one who has no role."""
    ctx = current()
    held = rights.purposes(ctx.actor.roles)
    ctx.purpose = next((purpose for purpose in WORKING if purpose in held), None)
    now = timezone.now()
    everything = queries.queue(ctx.actor, now)
    navigation.remember_count(request, "home", everything.own.waiting)
    panels = side.panels(ctx.actor, timezone.localdate(now))
    context = _queue_context(request, everything) | {"now": now, "panels": panels}
    return render(request, "desk/queue.html", context)


def _queue_context(request: HttpRequest, everything: queries.Queue) -> dict[str, Any]:
    whole = request.GET.get("nakyma") == "kaikki"
    later = request.GET.get("myohemmin") == "1"
    in_scope = everything if whole else everything.own
    kinds = {counter.kind.code for counter in in_scope.counters}
    kind = request.GET.get("laji", "") if request.GET.get("laji") in kinds else ""
    shown = in_scope.of(kind) if kind else in_scope
    every = request.GET.get("rivit") == "kaikki"
    groups = shown.groups(later=later, most=None if every else MOST)
    total = len(shown.lines) if later else shown.waiting

    def address(**changes: str) -> str:
        query = QueryDict(mutable=True)
        chosen = {
            "nakyma": "kaikki" if whole else "", "laji": kind, "myohemmin": "1" if later else "",
        } | changes  # fmt: skip
        query.update({name: value for name, value in chosen.items() if value})
        return f"/?{query.urlencode()}" if query else "/"

    scopes = (("", _("Omat ja jaetut"), everything.own), ("kaikki", _("Kaikki"), everything))
    return {
        "queue": shown,
        "groups": queries.named(groups),
        "total": total,
        "more": total - sum(len(group.lines) for group in groups),
        "every_url": address(rivit="kaikki"),
        "later": shown.later if not later else 0,
        "later_url": address(myohemmin="1"),
        "kind": next((c.kind for c in in_scope.counters if c.kind.code == kind), None),
        "all_url": address(laji=""),
        "counters": [
            {"counter": c, "url": address(laji="" if c.kind.code == kind else c.kind.code),
             "current": c.kind.code == kind}
            for c in in_scope.counters
        ],
        "segments": [
            {"label": label, "url": address(nakyma=name), "current": whole == (name == "kaikki"),
             "count": part.waiting}
            for name, label, part in scopes
        ],
        "done": _done(request),
    }  # fmt: skip


def _done(request: HttpRequest) -> Reminder | None:
    """The reminder that was just marked done, for its undo; told once."""
    pk = request.session.pop(DONE, None)
    return queries.reminder_of(pk) if pk is not None else None


# -- rows ------------------------------------------------------------------------------------


@access(Action.CHANGE, Surface.LIST, purposes=WORKING)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take the row that was posted as `kind:key` for oneself."""
    kind, _colon, key = request.POST.get("row", "").partition(":")
    line = queries.line_of(current().actor, timezone.now(), kind, key)
    services.take(line)
    messages.success(request, _("Tehtävä on nyt sinulla."))
    return redirect("home")


@access(Action.VIEW, Surface.FORM, purposes=WORKING)
@require_http_methods(["GET", "HEAD", "POST"])
def handle(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Who answers for a row: take it, give it back, hand it over, put it off."""
    line = queries.line_of(current().actor, timezone.now(), kind, key)
    what = request.POST.get("toimi", "") if request.method == "POST" else ""
    hand_over = HandOverForm(request.POST if what == ACT["hand_over"] else None, line=line)
    put_off = PutOffForm(request.POST if what == ACT["put_off"] else None)
    try:
        if text := _handled(what, line, hand_over, put_off):
            messages.success(request, text)
            return redirect("home")
    except ValidationError as error:
        (hand_over if what == ACT["hand_over"] else put_off).tell(error)
    return form_page(
        request, "desk/handle.html", forms=[hand_over, put_off], line=line, hand_over=hand_over,
        put_off=put_off, put_off_days=services.put_off_days(timezone.localdate()), act=ACT,
    )  # fmt: skip


def _handled(what: str, line: Line, hand_over: HandOverForm, put_off: PutOffForm) -> str:
    """Do what was posted and tell it in words; empty when nothing was, or a form has errors."""
    if what == ACT["take"]:
        services.take(line)
        return _("Tehtävä on nyt sinulla.")
    if what == ACT["release"]:
        services.release(line)
        return _("Tehtävä on taas kaikille yhteinen.")
    if what == ACT["hand_over"] and hand_over.is_valid():
        services.hand_over(line, hand_over.cleaned_data["user"])
        return _("Tehtävä on siirretty työtoverille.")
    if what == ACT["put_off"] and put_off.is_valid():
        reason = put_off.cleaned_data["reason"]
        until = services.put_off(line, reason, today=timezone.localdate())
        return _("Tehtävä on siirretty päivään %(day)s.") % {"day": formatting.date(until)}
    return ""


# -- reminders -------------------------------------------------------------------------------


@access(Action.VIEW, Surface.FORM, purposes=WORKING, needs=WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def new_reminder(request: HttpRequest) -> HttpResponse:
    """Write a reminder about the work."""
    return _write(request, None)


@access(Action.VIEW, Surface.FORM, purposes=WORKING, needs=(*WORK, (Group.PERSON, Level.READ)))
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_about(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a reminder about the person of an opaque reference."""
    return _write(request, subject_of(reference))


def _write(request: HttpRequest, subject: Subject | None) -> HttpResponse:
    own = current().actor.user_id or 0
    form = ReminderForm(request.POST or None, own_id=own, initial={"recipient": str(own)})

    def save() -> None:
        services.write_reminder(
            *form.values, **form.recipients, subject_id=subject.id if subject else None
        )

    if _saved(form, save):
        messages.success(request, _("Muistutus on lisätty."))
        return redirect(subject.url if subject and subject.url else "home")
    return _page(request, form, subject, None)


@access(Action.VIEW, Surface.FORM, purposes=WORKING, needs=WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """A reminder: what it says, when, and for whom."""
    reminder = queries.reminder_of(pk)
    found = subjects([reminder.subject_id]) if reminder.subject_id else {}
    subject = found.get(reminder.subject_id or 0)
    form = ReminderForm(
        request.POST or None,
        own_id=current().actor.user_id or 0,
        initial=ReminderForm.values_of(reminder),
    )
    if _saved(form, lambda: services.change_reminder(reminder, *form.values, **form.recipients)):
        messages.success(request, _("Muistutus on tallennettu."))
        return redirect("home")
    return _page(request, form, subject, reminder)


def _saved(form: ReminderForm, save: Callable[[], object]) -> bool:
    if form.is_valid():
        form.run(save)
    return form.is_bound and not form.errors


def _page(
    request: HttpRequest, form: forms.Form, subject: Subject | None, reminder: Reminder | None
) -> HttpResponse:
    return form_page(
        request, "desk/reminder.html", forms=[form], form=form, subject=subject, reminder=reminder
    )


@access(Action.CHANGE, Surface.LIST, purposes=WORKING, needs=WORK)
@require_POST
def reminder_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The work is done; the queue offers to undo that."""
    services.finish_reminder(queries.reminder_of(pk))
    request.session[DONE] = pk
    return redirect("home")


@access(Action.CHANGE, Surface.LIST, purposes=WORKING, needs=WORK)
@require_POST
def reminder_undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: the reminder is open again."""
    services.reopen_reminder(queries.reminder_of(pk))
    messages.success(request, _("Muistutus on taas avoinna."))
    return redirect("home")
