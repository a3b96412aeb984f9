"""Rules and holidays in the main user's admin.

A rule has a page of its own with its versions. A new version is shown with its effect before it is
saved; nothing is edited or deleted.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuokra.accounts.house_admin import HouseAdmin
from vuokra.rules import effects, queries, registry, services
from vuokra.rules.forms import VersionForm
from vuokra.rules.models import Holiday, RuleVersion
from vuokra.rules.queries import Listed
from vuokra.rules.registry import Proposed, Spec
from vuokra.rules.rules import DAY

UNCONFIRMED, MISSING = "vahvistamatta", "puuttuu"
NAME = "vuokra_rules_ruleversion"


@admin.register(RuleVersion)
class RuleVersionAdmin(HouseAdmin):
    """The list of rules, and each rule's versions."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version is added on the page of its rule."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Pages of our own instead of Django's: rows are no objects that one would edit."""
        return [
            path("", self.list_of_rules, name=f"{NAME}_changelist"),
            path("<int:pk>/vahvista/", require_POST(self.confirm), name=f"{NAME}_confirm"),
            path("<int:pk>/peru/", require_POST(self.withdraw), name=f"{NAME}_withdraw"),
            path("<str:key>/", self.versions, name=f"{NAME}_rule"),
            path("<str:key>/uusi/", self.new, name=f"{NAME}_new"),
        ]

    def list_of_rules(self, request: HttpRequest) -> HttpResponse:
        """Every rule with the value in force today, by room."""
        state, today = request.GET.get("tila", ""), timezone.localdate()
        rows = queries.listed(today)
        chosen = [row for row in rows if _is_in(row, state)]
        context = {
            "title": _("Säännöt"),
            "rooms": [
                (title, [row for row in chosen if row.spec.room == room])
                for room, title in registry.rooms()
                if any(row.spec.room == room for row in chosen)
            ],
            "state": state,
            "unconfirmed": sum(_is_in(row, UNCONFIRMED) for row in rows),
            "missing": sum(_is_in(row, MISSING) for row in rows),
            "total": len(rows),
        }
        return self._page(request, "admin/rules/list.html", context)

    def versions(self, request: HttpRequest, key: str) -> HttpResponse:
        """One rule: what it is for, and every version it has had."""
        one, today = _spec(key), timezone.localdate()
        rows = queries.versions(key)
        held = queries.current([row for row in rows if row.withdrawn_at is None], today)
        context = {
            "title": one.title,
            "spec": one,
            "rows": rows,
            "current": held.pk if held else None,
            "withdrawable": {row.pk for row in services.withdrawable(rows, today)},
            "today": today,
        }
        return self._page(request, "admin/rules/rule.html", context)

    def new(self, request: HttpRequest, key: str) -> HttpResponse:
        """A new version: the form, then what it would change, then it is saved."""
        one = _spec(key)
        form = VersionForm(one, request.POST or None)
        saving = "tallenna" in request.POST
        if request.method == "POST" and form.is_valid():
            if saving and _saved(one, form):
                messages.success(request, _("Uusi versio on tallennettu."))
                return redirect(f"admin:{NAME}_rule", key=key)
            if not form.errors and "muokkaa" not in request.POST:
                return self._page(request, "admin/rules/preview.html", self._effect(one, form))
        context = {"title": one.title, "spec": one, "form": form}
        return self._page(request, "admin/rules/new.html", context, 422 if form.errors else 200)

    def _effect(self, one: Spec, form: VersionForm) -> dict[str, Any]:
        """What a new value changes: what holds until then, and the room's own sentences."""
        given, today = form.cleaned_data, timezone.localdate()
        first: dt.date = given["valid_from"]
        until: dt.date | None = given.get("valid_until")
        rows = [row for row in queries.versions(one.key) if row.withdrawn_at is None]
        after = queries.coming(rows, first)
        ends = (until, after.valid_from - DAY if after else None)
        last = min((end for end in ends if end), default=None)
        return {
            "title": one.title,
            "spec": one,
            "form": form,
            "value": given["value"],
            "valid_from": first,
            "valid_until": until,
            "before": queries.current(rows, first),
            "after": after,
            "effect": effects.sentences(one, Proposed(given["value"], first, last, today)),
            "past": first < today,
        }

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The company confirms a number that the product brought."""
        row = get_object_or_404(RuleVersion, pk=pk)
        return self._done(request, row, services.confirm, _("Arvo on vahvistettu."))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An unused row is taken back."""
        row = get_object_or_404(RuleVersion, pk=pk)
        return self._done(request, row, services.withdraw, _("Rivi on peruttu."))

    def _done(self, request: HttpRequest, row: RuleVersion, run: Any, text: str) -> HttpResponse:
        try:
            run(row)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, text)
        return redirect(f"admin:{NAME}_rule", key=row.key)

    def _page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        frame = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "list_url": reverse(f"admin:{NAME}_changelist"),
        }
        return render(request, template, frame | context, status=status)


def _spec(key: str) -> Spec:
    try:
        return registry.spec(key)
    except LookupError:
        raise Http404 from None


def _is_in(row: Listed, state: str) -> bool:
    """Whether a rule belongs to a part of the list."""
    if state == MISSING:
        return row.current is None
    if state == UNCONFIRMED:
        return any(one is not None and one.unconfirmed for one in (row.current, row.coming))
    return True


def _saved(one: Spec, form: VersionForm) -> bool:
    """Save the form's version; false, with the reason in the form, when it is refused."""
    given = form.cleaned_data
    try:
        services.add_version(
            one.key,
            given["value"],
            given["valid_from"],
            valid_until=given.get("valid_until"),
            source=given["source"],
            note=given["note"],
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


@admin.register(Holiday)
class HolidayAdmin(HouseAdmin):
    """Public holidays and eves, and whether they move deadlines."""

    list_display = ("day", "name_fi", "rolls")
    list_filter = ("rolls",)
    date_hierarchy = "day"
    ordering = ("-day",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Holiday | None = None
    ) -> tuple[str, ...]:
        """A holiday keeps its day."""
        return ("day",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Holiday, form: Any, change: bool) -> None:
        services.save_holiday(obj)
