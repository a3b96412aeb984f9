"""What the main user (pääkäyttäjä) does with accounts and roles, and how an account opens.

Every function is one transaction inside the caller's access context, whose actor is the one who
acts. The database keeps the same rules (migration 0002); here they have words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from vuokra.access.codes import Action, Outcome
from vuokra.access.context import Actor, current
from vuokra.accounts import queries, sessions, throttle
from vuokra.accounts.models import ActivationLink, RoleGrant, User, WebSession
from vuokra.accounts.rules import APART, SECOND_MAIN_USER, approves_at_once, may_approve
from vuokra.policy.roles import Role

TOKEN_BYTES = 32
"""Randomness of an activation token: 256 bits."""


WEIGHTY = frozenset({Action.CREATE, Action.DELETE, Action.GRANT, Action.REVOKE})


class Refused(ValidationError):
    """The rules of accounts do not allow it; the message says why, for the screen."""


# -- accounts --------------------------------------------------------------------------------


@transaction.atomic
def create_account(
    *, username: str, full_name: str, email: str = "", language: str = "fi", by: User | None
) -> User:
    """Make a closed account that its activation link opens; `by` is the main user, None at start.

    Raises ValidationError for a malformed or used user name.
    """
    user = User(
        username=username.strip().lower(),
        full_name=full_name.strip(),
        email=email.strip(),
        language=language,
        created_by=by,
    )
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    _tell(Action.CREATE, "account", user.pk)
    return user


@transaction.atomic
def change_account(user: User, *, full_name: str, email: str, language: str) -> None:
    """Correct the name, e-mail or language of an account. Raises ValidationError."""
    user.full_name, user.email, user.language = full_name.strip(), email.strip(), language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["full_name", "email", "language"])
    _tell(Action.CHANGE, "account", user.pk)


@transaction.atomic
def make_activation_link(user: User, channel: ActivationLink.Channel, *, by: User | None) -> str:
    """Make a one-time link and give its token, which is shown once and kept only as a hash.

    A link made before is cancelled. Raises Refused for a closed account, and for the account in use
    of a main user or log reviewer: whoever could open it anew could approve his own grants.
    """
    if user.closed_at is not None:
        raise Refused(_("Tunnus on suljettu."))
    _refuse_take_over(user, by)
    now = timezone.now()
    for older in user.activation_links.filter(used_at=None, cancelled_at=None):
        older.cancelled_at = now
        older.save(update_fields=["cancelled_at"])
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ActivationLink.objects.create(
        user=user,
        token_hash=token_hash(token),
        channel=channel,
        created_at=now,
        created_by=by,
        expires_at=now + settings.VUOKRA_ACTIVATION_EXPIRES,
    )
    _tell(Action.CHANGE, "activation_link", user.pk)
    return token


def activation_path(token: str) -> str:
    """The path of an activation link."""
    return reverse("account_activate", args=[token])


def mail_activation_link(user: User, *, site: str, by: User) -> None:
    """Send the link by e-mail; `site` is the scheme and host. Raises Refused when it cannot.

    It goes out inside the transaction: when sending fails, no link has been made.
    """
    if not settings.VUOKRA_MAIL:
        raise Refused(_("Sähköpostin lähetystä ei ole asetettu."))
    if not user.email:
        raise Refused(_("Käyttäjällä ei ole sähköpostiosoitetta."))
    token = make_activation_link(user, ActivationLink.Channel.MAIL, by=by)
    with override(user.language):
        subject = _("Käyttäjätunnuksesi aktivointi")
        text = render_to_string(
            "account/email/activation.txt",
            {
                "user": user,
                "address": site + activation_path(token),
                "hours": int(settings.VUOKRA_ACTIVATION_EXPIRES.total_seconds() // 3600),
            },
        )
    send_mail(subject, text, None, [user.email])


def token_hash(token: str) -> str:
    """SHA-256 (hex) of an activation token; its 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_link(token: str) -> ActivationLink | None:
    """The link of a token that still opens its account, its row locked; else None."""
    return (
        ActivationLink.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(
            token_hash=token_hash(token),
            used_at=None,
            cancelled_at=None,
            expires_at__gt=timezone.now(),
            user__closed_at=None,
        )
        .first()
    )


@transaction.atomic
def activate(token: str, password: str, *, confidentiality: bool) -> User | None:
    """Set the password and open the account of a link; None when the link opens nothing.

    `confidentiality` is the user's confirmation of the duty of secrecy (tietosuojalaki 35 §),
    which is recorded before first use. Sessions of an account that was open already end.
    Raises ValueError without the confirmation; the password has been validated by the form.
    """
    if not confidentiality:
        raise ValueError("The duty of confidentiality has not been confirmed.")
    link = open_link(token)
    if link is None:
        return None
    user, now = link.user, timezone.now()
    if not current().actor.key:  # nobody is signed in: who holds the link acts
        current().identify(Actor(key=f"user:{user.pk}", user_id=user.pk))
    link.used_at = now
    link.save(update_fields=["used_at"])
    user.set_password(password)
    user.is_active = True
    user.activated_at = user.activated_at or now
    user.confidentiality_accepted_at = now
    user.save()
    sessions.end_all(user, WebSession.End.REPLACED)
    throttle.clear(user)
    _tell(Action.CHANGE, "activated", user.pk)
    return user


@transaction.atomic
def set_demo_password(user: User, password: str) -> None:
    """Open a demo account without a link. Raises RuntimeError outside demo mode."""
    if not settings.DEMO:
        raise RuntimeError("Only demo accounts are opened without an activation link.")
    now = timezone.now()
    user.set_password(password)
    user.is_active = True
    user.activated_at = user.activated_at or now
    user.confidentiality_accepted_at = user.confidentiality_accepted_at or now
    user.save()


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """Close an account for good; its web sessions die and its grants end at once (DP-A7).

    Raises Refused for one's own account and for the last main user in use.
    """
    if user.pk == by.pk:
        raise Refused(_("Omaa tunnusta ei voi sulkea itse."))
    if user.closed_at is not None:
        raise Refused(_("Tunnus on jo suljettu."))
    main_users = queries.main_users(timezone.localdate())
    if user.is_main_user and not main_users.exclude(pk=user.pk).exists():
        raise Refused(_("Viimeistä pääkäyttäjää ei voi sulkea."))
    now = timezone.now()
    user.is_active, user.closed_at, user.closed_by = False, now, by
    user.set_unusable_password()
    user.save()
    for link in user.activation_links.filter(used_at=None, cancelled_at=None):
        link.cancelled_at = now
        link.save(update_fields=["cancelled_at"])
    for grant in user.grants.filter(revoked_at=None):
        revoke_role(grant, reason=_("Tunnus suljettiin."), by=by)
    sessions.end_all(user, WebSession.End.CLOSED)
    _tell(Action.DELETE, "account_closed", user.pk)


def _refuse_take_over(user: User, by: User | None) -> None:
    """Four eyes would be one if a main user could open another's account (DP-A6).

    Such accounts are opened anew on the server (`manage.py recover_account`), by somebody else.
    """
    if by is not None and user.is_active and user.role_codes & SECOND_MAIN_USER:
        _deny("take_over", user.pk)
        raise Refused(
            _(
                "Pääkäyttäjän tai lokitarkastajan käytössä olevaa tunnusta ei avata uudelleen "
                "hallinnassa. Pyydä palvelimen ylläpitäjää: manage.py recover_account."
            )
        )


@transaction.atomic
def reset_factors(user: User, *, by: User | None) -> None:
    """Take away the second factors of a user who lost them and was identified in person.

    The next sign-in demands a new one. Raises Refused for one's own account, and for that of a
    main user or log reviewer unless a command on the server asks (`by` is None).
    """
    if by is not None and user.pk == by.pk:
        raise Refused(_("Omia tunnistautumisvälineitä ei voi nollata itse."))
    _refuse_take_over(user, by)
    for factor in Authenticator.objects.filter(user=user):
        factor.delete()
    sessions.end_all(user, WebSession.End.REPLACED)
    _tell(Action.CHANGE, "factors_reset", user.pk)


@transaction.atomic
def release_lock(user: User, *, by: User) -> None:
    """Let a user whose sign-in was locked try again, after the main user identified him.

    Raises Refused for one's own account.
    """
    if user.pk == by.pk:
        raise Refused(_("Omaa kirjautumisestoa ei voi vapauttaa itse."))
    if throttle.clear(user):
        _tell(Action.CHANGE, "sign_in_released", user.pk)


# -- roles -----------------------------------------------------------------------------------


def check_grant(
    user: User, role: str, valid_from: dt.date, valid_to: dt.date, *, by: User | None
) -> None:
    """Raise Refused when the grant breaks separation of duties, or overlaps another one."""
    if user.closed_at is not None:
        raise Refused(_("Tunnus on suljettu."))
    if valid_to < valid_from:
        raise Refused(_("Rooli päättyy ennen kuin se alkaa."))
    alive = user.grants.filter(
        revoked_at=None, valid_from__lte=valid_to, valid_to__gte=valid_from
    ).values_list("role", flat=True)
    if role in alive:
        raise Refused(_("Käyttäjällä on jo tämä rooli tai esitys siitä samalle ajalle."))
    if role in APART and any(held in APART for held in alive):
        _deny("roles_apart", user.pk)
        raise Refused(_("Sama henkilö ei voi olla pääkäyttäjä ja lokitarkastaja."))


@transaction.atomic
def grant_role(
    user: User, role: Role, *, valid_from: dt.date, valid_to: dt.date, reason: str, by: User
) -> RoleGrant:
    """Grant a role, at once or on approval.

    PAA and TAR, and any role for the main user himself, wait for another main user; the attempt
    to serve oneself shows in the log as refused (DP-A6).

    Raises Refused when the rules do not allow it.
    """
    check_grant(user, role, valid_from, valid_to, by=by)
    now = timezone.now()
    alone = approves_at_once(role, user_id=user.pk, main_user_id=by.pk)
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
        requested_by=by,
        created_at=now,
        approver=by if alone else None,
        approved_at=now if alone else None,
    )
    _tell(Action.GRANT, "granted" if alone else "requested", grant.pk)
    if user.pk == by.pk:
        _deny("own_role", grant.pk)
    return grant


@transaction.atomic
def start_role(user: User, role: Role, *, valid_to: dt.date, reason: str) -> RoleGrant:
    """Grant a role without an approver: at first start and in the demo, by a command only."""
    today = timezone.localdate()
    check_grant(user, role, today, valid_to, by=None)
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        valid_from=today,
        valid_to=valid_to,
        reason=reason,
        origin=RoleGrant.Origin.START,
        approved_at=timezone.now(),
    )
    _tell(Action.GRANT, "granted", grant.pk)
    return grant


@transaction.atomic
def approve_role(grant: RoleGrant, *, by: User) -> None:
    """Approve another main user's request; Raises Refused when `by` may not."""
    if grant.approved_at is not None or grant.revoked_at is not None:
        raise Refused(_("Esitys on jo käsitelty."))
    if not by.is_main_user or not may_approve(
        grant.role,
        user_id=grant.user_id,
        requested_by_id=grant.requested_by_id,
        approver_id=by.pk,
    ):
        _deny("second_main_user", grant.pk)
        raise Refused(_("Esityksen hyväksyy toinen pääkäyttäjä."))
    grant.approver, grant.approved_at = by, timezone.now()
    grant.save(update_fields=["approver", "approved_at"])
    _tell(Action.GRANT, "granted", grant.pk)


@transaction.atomic
def revoke_role(grant: RoleGrant, *, reason: str, by: User) -> None:
    """Take a role away at once, or turn down a request.

    Raises Refused without a reason, when it is gone already, and for the last main user.
    """
    if not reason.strip():
        raise Refused(_("Kirjoita poiston syy."))
    if grant.revoked_at is not None:
        raise Refused(_("Rooli on jo poistettu."))
    today = timezone.localdate()
    if (
        grant.role == Role.PAA
        and grant.approved_at is not None
        and not queries.main_users(today).exclude(pk=grant.user_id).exists()
    ):
        raise Refused(_("Viimeiseltä pääkäyttäjältä ei voi poistaa roolia."))
    grant.revoked_at, grant.revoked_by = timezone.now(), by
    grant.revoke_reason = reason.strip()
    grant.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    _tell(Action.REVOKE, "revoked", grant.pk)


@transaction.atomic
def review_role(grant: RoleGrant, *, by: User) -> None:
    """Record that a grant is still needed (six-month review). Raises Refused for one's own."""
    if grant.user_id == by.pk:
        raise Refused(_("Oman roolin tarkistaa toinen pääkäyttäjä."))
    grant.reviewed_at, grant.reviewed_by = timezone.now(), by
    grant.save(update_fields=["reviewed_at", "reviewed_by"])
    _tell(Action.CHANGE, "reviewed", grant.pk)


def _tell(action: Action, key: str, row_id: int) -> None:
    """Say in the open access context what was done, by row id.

    The event names the weightiest act of the context: a change does not hide a grant beside it.
    """
    context = current()
    if action is not Action.CHANGE or context.action not in WEIGHTY:
        context.action = action
    context.note(key, str(row_id))


def _deny(key: str, row_id: int) -> None:
    """Say in the open access context what was refused, or waits for somebody else."""
    context = current()
    context.outcome = Outcome.DENIED
    context.note(key, str(row_id))
