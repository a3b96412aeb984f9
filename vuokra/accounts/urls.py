"""Addresses of sign-in: the allauth pages that the house needs, and no others.

There is no self sign-up, no e-mail management and no password reset by e-mail: accounts are made
and opened anew by the main user.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from vuokra.access.codes import Action, Surface
from vuokra.access.views import access, public
from vuokra.accounts import views

own = access(Action.CHANGE, Surface.FORM)
"""A page about one's own account: it needs sign-in and no right."""

urlpatterns = [
    path("", public(account.login), name="account_login"),
    path("avaimella/", public(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("koodi/", public(mfa.authenticate), name="mfa_authenticate"),
    path("ulos/", views.sign_out, name="account_logout"),
    path("aktivointi/<str:token>/", views.activate, name="account_activate"),
    path("uudelleen/", own(account.reauthenticate), name="account_reauthenticate"),
    path("salasana/", own(account.password_change), name="account_change_password"),
    path("tunnisteet/", own(mfa.index), name="mfa_index"),
    path("tunnisteet/koodi/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("tunnisteet/sovellus/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("tunnisteet/sovellus/poista/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("tunnisteet/varakoodit/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "tunnisteet/varakoodit/uudet/",
        own(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("tunnisteet/avaimet/", own(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("tunnisteet/avaimet/uusi/", own(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "tunnisteet/avaimet/vahvista/",
        own(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("tunnisteet/avaimet/<int:pk>/", own(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "tunnisteet/avaimet/<int:pk>/poista/",
        own(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
