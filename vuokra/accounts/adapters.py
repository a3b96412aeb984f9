"""How allauth serves the house: no self sign-up, no e-mail, lock-out, sealed secrets, the log."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from vuokra.access.address import client_address
from vuokra.access.codes import Action, Outcome
from vuokra.access.events import record_sign_in
from vuokra.accounts import secrets, throttle
from vuokra.accounts.models import User

NOTICES = {
    "account/messages/password_changed.txt": _("Salasana on vaihdettu."),
    "mfa/messages/webauthn_added.txt": _("Avain on lisätty."),
    "mfa/messages/webauthn_removed.txt": _("Avain on poistettu."),
    "mfa/messages/totp_deactivated.txt": _("Tunnistautumissovellus on poistettu käytöstä."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by user name and password; one answer for every way it can fail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Käyttäjätunnus tai salasana on väärä."),
        "too_many_login_attempts": _(
            "Liian monta epäonnistunutta kirjautumista. Yritä myöhemmin uudelleen tai ota yhteys "
            "pääkäyttäjään."
        ),
        "incorrect_password": _("Salasana on väärä."),
        "enter_current_password": _("Kirjoita nykyinen salasanasi."),
        "incorrect_code": _("Koodi on väärä."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the main user."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The open account of these credentials, or None; failures are counted and recorded.

        Raises ValidationError while the user name must wait. A closed or unopened account fails
        like a wrong password, unlike allauth's own answer, which would confirm the password.
        """
        username = str(credentials.get("username", ""))
        if throttle.hindered(username):
            self._record_failure(request, username, "hindered")
            raise self.validation_error("too_many_login_attempts")
        user = authenticate(request, **credentials)
        if user is None:
            throttle.record_failure(username)
            self._record_failure(request, username, "password")
        return user

    def _record_failure(self, request: HttpRequest, username: str, why: str) -> None:
        record_sign_in(
            Action.SIGN_IN_FAILED,
            user_id=None,
            username_hash=throttle.username_hash(username),
            address=client_address(request),
            outcome=Outcome.DENIED,
            notes=[("why", why)],
        )

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """A locked account does not sign in by passkey either."""
        if throttle.is_locked(user):
            raise self.validation_error("too_many_login_attempts")
        return super().pre_login(request, user, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own wording only: allauth's notices of sign-in name the user."""
        if text := message or NOTICES.get(message_template or ""):
            messages.add_message(request, level, text, extra_tags)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the house sends no mail about sign-in; the log and the main user know."""


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: secrets sealed with the key ring, the QR code as inline SVG."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Koodi on väärä tai jo käytetty."),
        "cannot_delete_authenticator": _("Viimeistä tunnistautumisvälinettä ei voi poistaa."),
        "cannot_generate_recovery_codes": _("Ota ensin käyttöön toinen tunnistautumisväline."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as an SVG element: drawn by us from the address, so it is safe as it is."""
        drawn = super().build_totp_svg(url).partition("?>")[2].strip()
        return mark_safe(drawn)  # noqa: S308  # drawn by us; the address is in it as squares only

    def get_totp_issuer(self) -> str:
        return "Vuokra"
