"""Accounts and role grants in the main user's admin (hallinta)."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuokra.accounts import queries, services
from vuokra.accounts.actor import user_of
from vuokra.accounts.house_admin import HouseAdmin, ObjectAction
from vuokra.accounts.models import ActivationLink, RoleGrant, User
from vuokra.policy.roles import Role
from vuokra.rules.queries import rule


def _print_link(request: HttpRequest, user: User, reason: str) -> HttpResponse:
    token = services.make_activation_link(user, ActivationLink.Channel.PRINT, by=user_of(request))
    address = request.build_absolute_uri(services.activation_path(token))
    context = {"title": _("Aktivointilinkki"), "account": user, "address": address}
    return render(request, "admin/activation_link.html", context)


def _mail_link(request: HttpRequest, user: User, reason: str) -> None:
    site = request.build_absolute_uri("/").rstrip("/")
    services.mail_activation_link(user, site=site, by=user_of(request))


def _another(user: User, by: User) -> bool:
    return user.closed_at is None and user.pk != by.pk


ACCOUNT_ACTIONS = (
    ObjectAction(
        "linkki",
        _("Tulosta aktivointilinkki"),
        _("Linkki näytetään kerran. Anna se käyttäjälle kädestä käteen."),
        _print_link,
        lambda user, by: user.closed_at is None,
    ),
    ObjectAction(
        "posti",
        _("Lähetä aktivointilinkki"),
        _("Linkki lähetetään käyttäjän sähköpostiin."),
        _mail_link,
        lambda user, by: user.closed_at is None and bool(user.email),
    ),
    ObjectAction(
        "vapauta",
        _("Vapauta kirjautumisesto"),
        _("Varmista ensin, että pyytäjä on käyttäjä itse."),
        lambda request, user, reason: services.release_lock(user, by=user_of(request)),
        _another,
    ),
    ObjectAction(
        "nollaa",
        _("Nollaa tunnistautumisvälineet"),
        _("Varmista henkilöllisyys kasvokkain. Käyttäjä ottaa käyttöön uuden välineen."),
        lambda request, user, reason: services.reset_factors(user, by=user_of(request)),
        _another,
    ),
    ObjectAction(
        "sulje",
        _("Sulje tunnus"),
        _("Tunnus suljetaan pysyvästi, istunnot päättyvät heti ja roolit poistetaan."),
        lambda request, user, reason: services.close_account(user, by=user_of(request)),
        _another,
    ),
)


@admin.register(User)
class UserAdmin(HouseAdmin):
    """Accounts: made, opened anew, closed; never deleted."""

    object_actions = ACCOUNT_ACTIONS
    list_display = ("username", "full_name", "is_active", "roles", "last_login", "closed_at")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name")
    recent_identity = True
    new_fields = ("username", "full_name", "email", "language")
    known_fields = ("full_name", "email", "language")
    shown = (
        "username", "is_active", "roles", "created_at", "activated_at",
        "confidentiality_accepted_at", "last_login", "closed_at",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return self.new_fields if obj is None else self.shown + self.known_fields

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return () if obj is None else self.shown

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("grants")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A closed account is only looked at."""
        return super().has_change_permission(request, obj) and (
            obj is None or obj.closed_at is None
        )

    @admin.display(description=_("Roolit"))
    def roles(self, user: User) -> str:
        """Codes of the roles in force today."""
        today = timezone.localdate()
        held = (grant.role for grant in user.grants.all() if grant.in_force(today))
        return ", ".join(sorted(held)) or "–"

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        data = form.cleaned_data
        if change:
            services.change_account(obj, **{name: data[name] for name in self.known_fields})
            return
        made = services.create_account(**data, by=user_of(request))
        obj.pk, obj._state.adding = made.pk, False

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the account's page, where the activation link is made."""
        return redirect(reverse("admin:vuokra_accounts_user_change", args=[obj.pk]))


class AccountField(forms.ModelChoiceField):
    """An account chosen by name."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name} ({obj.username})"


class GrantForm(forms.ModelForm):
    """A new role grant; the service's rules answer in the form."""

    user = AccountField(queryset=User.objects.none(), label=_("Käyttäjä"))

    class Meta:
        model = RoleGrant
        fields = ("user", "role", "valid_from", "valid_to", "reason")

    request: HttpRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "valid_from" in self.fields:  # a grant that is only looked at has no fields
            cast("AccountField", self.fields["user"]).queryset = User.objects.filter(closed_at=None)
            today = timezone.localdate()
            self.fields["valid_from"].initial = today
            days = rule("accounts.grant_days", today).integer
            self.fields["valid_to"].initial = today + dt.timedelta(days=days)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needed = ("user", "role", "valid_from", "valid_to")
        if all(data.get(name) for name in needed):
            services.check_grant(*(data[name] for name in needed), by=user_of(self.request))
        return data


class StateFilter(admin.SimpleListFilter):
    """Grants that wait, are in force, or are due for their six-month review."""

    title = _("Tila")
    parameter_name = "tila"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("odottaa", _("Odottaa hyväksyntää")),
            ("voimassa", _("Voimassa")),
            ("tarkista", _("Tarkistettava")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
        today = timezone.localdate()
        if self.value() == "odottaa":
            return queryset.filter(approved_at=None, revoked_at=None)
        if self.value() == "voimassa":
            return queryset.filter(queries.valid_on(today))
        if self.value() == "tarkista":
            return queryset.filter(queries.due_for_review(today))
        return queryset


GRANT_ACTIONS = (
    ObjectAction(
        "hyvaksy",
        _("Hyväksy"),
        _("Rooli tulee voimaan. Hyväksyjänä kirjataan sinut."),
        lambda request, grant, reason: services.approve_role(grant, by=user_of(request)),
        lambda grant, by: grant.approved_at is None and grant.revoked_at is None,
    ),
    ObjectAction(
        "tarkista",
        _("Merkitse tarkistetuksi"),
        _("Käyttäjä tarvitsee roolia edelleen tehtävässään."),
        lambda request, grant, reason: services.review_role(grant, by=user_of(request)),
        lambda grant, by: grant.approved_at is not None and grant.revoked_at is None,
    ),
    ObjectAction(
        "poista",
        _("Poista rooli"),
        _("Rooli lakkaa heti."),
        lambda request, grant, reason: services.revoke_role(
            grant, reason=reason, by=user_of(request)
        ),
        lambda grant, by: grant.revoked_at is None,
        asks_reason=True,
    ),
)


@admin.register(RoleGrant)
class RoleGrantAdmin(HouseAdmin):
    """Role grants: given, approved, reviewed, revoked; never edited."""

    form = GrantForm
    object_actions = GRANT_ACTIONS
    recent_identity = True
    list_display = ("holder", "role", "state", "valid_from", "valid_to", "approver", "reviewed_at")
    list_filter = (StateFilter, "role")
    list_select_related = ("user", "approver")
    search_fields = ("user__username", "user__full_name")

    def get_fields(self, request: HttpRequest, obj: RoleGrant | None = None) -> Any:
        if obj is None:
            return GrantForm.Meta.fields
        return ("holder", "role", "state", *(f.name for f in RoleGrant._meta.fields[3:]))

    def get_readonly_fields(self, request: HttpRequest, obj: RoleGrant | None = None) -> Any:
        return () if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: RoleGrant | None = None) -> bool:
        """A grant is not edited."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: RoleGrant | None = None) -> bool:
        return bool(user_of(request).is_main_user)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows who asks."""
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"request": request})

    @admin.display(description=_("Käyttäjä"), ordering="user__full_name")
    def holder(self, grant: RoleGrant) -> str:
        """Name and user name."""
        return f"{grant.user.full_name} ({grant.user.username})"

    @admin.display(description=_("Tila"))
    def state(self, grant: RoleGrant) -> str:
        """In one word what the grant gives today."""
        if grant.revoked_at:
            return gettext("Poistettu")
        if grant.approved_at is None:
            return gettext("Odottaa hyväksyntää")
        return (
            gettext("Voimassa") if grant.in_force(timezone.localdate()) else gettext("Ei voimassa")
        )

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:
        data = form.cleaned_data
        made = services.grant_role(
            data["user"],
            Role(data["role"]),
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            reason=data["reason"],
            by=user_of(request),
        )
        obj.pk, obj._state.adding = made.pk, False
        if made.approved_at is None:
            self.message_user(request, _("Rooli odottaa toisen pääkäyttäjän hyväksyntää."))
