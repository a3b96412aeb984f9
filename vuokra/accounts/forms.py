"""Forms of sign-in, second factors and activation."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from vuokra.accounts import factors, throttle
from vuokra.accounts.models import User

PASSWORD_LENGTH = 128


class LoginForm(account_forms.LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Käyttäjätunnus"), _("Salasana")
        password.help_text = ""
        password.max_length = PASSWORD_LENGTH
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        login.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def _login_with_password(
        self, request: HttpRequest, redirect_url: str | None, credentials: dict[str, str]
    ) -> HttpResponse:
        # allauth would note the user name in the web session; a fresh sign-in also counts as the
        # proof that adding a second factor asks for.
        self._login.redirect_url = redirect_url
        record_authentication(request, self._login.user, method="password", reauthenticated=True)
        return perform_login(request, self._login)


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Salasana")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The old password and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Nykyinen salasana"),
            "password1": _("Uusi salasana"),
            "password2": _("Uusi salasana uudelleen"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())


class CodeMixin(forms.Form):
    """A one-time or recovery code: counted against the lock-out, and used once only."""

    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Koodi")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}

    def clean_code(self) -> str:
        """The code, or ValidationError when it is wrong, used already, or must wait."""
        from allauth.account.adapter import get_adapter

        if throttle.hindered(self.user.username):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]  # the allauth form mixed in
        if self.authenticator.type == Authenticator.Type.TOTP:
            use_counter(self.authenticator, code)
        return code


class AuthenticateForm(CodeMixin, mfa_forms.AuthenticateForm):
    """The second step of sign-in."""


class ReauthenticateCodeForm(CodeMixin, mfa_forms.ReauthenticateForm):
    """The code once more."""


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Sovelluksen näyttämä koodi")
        self.fields["code"].widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """The code; the session has then proved this factor.

        allauth tells of the new factor only after commit, when the session has been saved.
        """
        code = super().clean_code()
        factors.remember(context.request, self.user, Authenticator.Type.TOTP.value)
        return code


class PasskeyMixin(forms.Form):
    """What the browser signed. Text that is no such thing is a wrong key, not our failure."""

    def clean_credential(self) -> Authenticator:
        """The passkey that signed, or ValidationError."""
        from allauth.mfa.adapter import get_adapter

        try:
            return super().clean_credential()  # type: ignore[misc]  # mixed in
        except (AttributeError, KeyError, TypeError, ValueError):
            raise get_adapter().validation_error("incorrect_code") from None


class LoginWebAuthnForm(PasskeyMixin, webauthn_forms.LoginWebAuthnForm):
    """Sign-in by passkey alone."""


class AuthenticateWebAuthnForm(PasskeyMixin, webauthn_forms.AuthenticateWebAuthnForm):
    """A passkey as the second step of sign-in."""


class ReauthenticateWebAuthnForm(PasskeyMixin, webauthn_forms.ReauthenticateWebAuthnForm):
    """The passkey once more."""


class AddWebAuthnForm(webauthn_forms.AddWebAuthnForm):
    """The name of a passkey; the key itself comes from the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Avaimen nimi")
        if passwordless := self.fields.get("passwordless"):
            passwordless.label = _("Kirjautuminen ilman salasanaa")
            passwordless.help_text = _(
                "Avain riittää yksin kirjautumiseen; se kysyy PIN-koodin tai sormenjäljen."
            )


class EditWebAuthnForm(webauthn_forms.EditWebAuthnForm):
    """A new name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Avaimen nimi")


class ActivationForm(forms.Form):
    """The first password, and the confirmed duty of confidentiality."""

    password = forms.CharField(
        label=_("Salasana"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Salasana uudelleen"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    confidentiality = forms.BooleanField(
        label=_(
            "Olen saanut ohjeet henkilötietojen käsittelystä. En ilmaise sivullisille, mitä saan "
            "rekisteristä tietää, enkä katso tietoja muuhun kuin työtehtävääni "
            "(tietosuojalaki 35 §)."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """The password, if it passes every validator."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both passwords must be the same."""
        data = self.cleaned_data
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", ValidationError(_("Salasanat eivät ole samat.")))
        return data


def use_counter(authenticator: Authenticator, code: str) -> None:
    """Take a one-time code's time step as used; raise ValidationError when it was used before.

    Kept in the database (RFC 6238, 5.2): allauth's own memory is one process wide.
    """
    from allauth.mfa.adapter import get_adapter

    secret = decrypt(authenticator.data["secret"])
    used = next(
        (
            step
            for step in yield_hotp_counters_from_time()
            if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
        ),
        None,
    )
    if used is None or used <= authenticator.data.get("used_counter", -1):
        raise get_adapter().validation_error("incorrect_code")
    authenticator.data["used_counter"] = used
    authenticator.save(update_fields=["data"])
