"""What every page of the admin has in common: services do the work, nothing is deleted or in bulk.

A model's own verbs (close, approve, revoke …) are *object actions*: a button on the object's page,
a page that asks, a POST that calls the service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from vuokra.access.context import current
from vuokra.accounts.actor import user_of
from vuokra.accounts.identity import ask_identity
from vuokra.accounts.models import User

LEFT_OUT = ("_delete", "_history")
"""Django's own pages that are not offered: rows are kept, and the log has a viewer of its own."""

ALWAYS_POSTED = frozenset(
    {"csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_popup", "_to_field", "initial"}
)


@dataclass(frozen=True)
class ObjectAction:
    """A verb of one object. `run` calls the service and may answer with a page of its own."""

    name: str
    label: Any
    text: Any
    run: Callable[[HttpRequest, Any, str], HttpResponse | None]
    offered: Callable[[Any, User], bool]
    asks_reason: bool = False


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Syy"), max_length=300)


class HouseAdmin(admin.ModelAdmin):
    """A model in the main user's admin."""

    actions = None
    object_actions: tuple[ObjectAction, ...] = ()
    recent_identity = False
    """Whether saving demands that the main user identified himself a moment ago."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """No question in the address about a password's hash, letter by letter."""
        return "password" not in lookup.split("__") and super().lookup_allowed(
            lookup, value, request
        )

    def get_urls(self) -> list[URLPattern]:
        """Django's pages but two, and the object actions."""
        urls = [url for url in super().get_urls() if not str(url.name).endswith(LEFT_OUT)]
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        act = path("<int:object_id>/toimi/<slug:action>/", self._act, name=name)
        return [act, *urls]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form of a new or known object; with the actions offered for it."""
        if self.recent_identity and (answer := ask_identity(request)):
            return answer
        found = self.get_object(request, object_id) if object_id else None
        extra = {"object_actions": self._offered(request, found)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, extra)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Posted fields that the form does not have are ignored and noted (DP-A5)."""
        known = {form.add_prefix(name) for name in form.fields} | ALWAYS_POSTED
        prefixes = tuple(
            f"{formset.get_default_prefix()}-"
            for formset, _inline in self.get_formsets_with_inlines(request, form.instance)
        )
        extra = {
            name for name in request.POST if name not in known and not name.startswith(prefixes)
        }
        if extra:
            current().note_extra_fields(extra)
        return super().save_form(request, form, change)

    def _offered(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        if obj is None:
            return []
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        return [
            {"label": action.label, "url": reverse(name, args=[obj.pk, action.name])}
            for action in self.object_actions
            if action.offered(obj, user_of(request))
        ]

    def _act(self, request: HttpRequest, object_id: int, action: str) -> HttpResponse:
        obj = self.get_object(request, str(object_id))
        verb = next((known for known in self.object_actions if known.name == action), None)
        if obj is None or verb is None or not verb.offered(obj, user_of(request)):
            raise Http404
        if answer := ask_identity(request):
            return answer
        form = ReasonForm(request.POST or None) if verb.asks_reason else None
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        if request.method == "POST" and (form is None or form.is_valid()):
            try:
                answer = verb.run(request, obj, form.cleaned_data["reason"] if form else "")
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
                return redirect(back)
            if answer is None:
                self.log_change(request, obj, [{"changed": {"fields": [verb.name]}}])
                messages.success(request, _("Tehty."))
                return redirect(back)
            return answer
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": verb.label,
            "verb": verb,
            "object": obj,
            "form": form,
            "back": back,
        }
        return render(request, "admin/object_action.html", context)


class KeptAdmin(HouseAdmin):
    """A model whose rows stay as they were entered: another follows them."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was done by a row is judged by it."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The main user sees them all."""
        return super().has_change_permission(request, obj)
