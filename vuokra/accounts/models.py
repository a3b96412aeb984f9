"""Staff accounts (käyttäjätunnukset), role grants (tehtäväroolit) and what sign-in leaves behind.

An account is one named person and is never deleted: the log refers to it. Rights come from the
role grants valid now and from nothing else; there is no superuser flag. What these tables promise
(no overlapping grants, main user and log reviewer apart, a grant approved by somebody else) is
kept by the database: see migration 0002.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from vuokra.policy.roles import Role

ADMIN_APPS = frozenset({"vuokra_accounts", "vuokra_company", "vuokra_documents", "vuokra_rules"})
"""The rooms that the main user maintains in the Django admin; no person content among them."""


def in_admin(app_label: str) -> bool:
    """Whether the room has something in the admin: one of these, or one whose AppConfig says so by
    `in_admin = True`. Its `admin.py` alone decides what; never a table of persons."""
    config = apps.app_configs.get(app_label)
    return app_label in ADMIN_APPS or bool(getattr(config, "in_admin", False))


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        """The account of the user name, in any letter case."""
        return self.get(username=(username or "").lower())

    def create_superuser(self, *args: Any, **kwargs: Any) -> User:
        """Refused: rights come from role grants alone. `create_main_user` makes the first one."""
        raise ImproperlyConfigured("there are no superusers; use manage.py create_main_user")


class User(AbstractBaseUser):
    """Staff account (käyttäjätunnus): one named person, made by the main user, never deleted."""

    class Language(models.TextChoices):
        FINNISH = "fi", _("suomi")
        ENGLISH = "en", _("englanti")

    username = models.CharField(
        _("Käyttäjätunnus"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("Vain kirjaimia a–z, numeroita ja . _ -"))
        ],
        error_messages={"unique": _("Käyttäjätunnus on jo käytössä.")},
    )
    full_name = models.CharField(_("Nimi"), max_length=120)
    email = models.EmailField(
        _("Sähköposti"), blank=True, help_text=_("Vain aktivointilinkkiä varten.")
    )
    language = models.CharField(
        _("Kieli"), max_length=2, choices=Language, default=Language.FINNISH
    )
    is_active = models.BooleanField(_("Käytössä"), default=False, editable=False)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every web session of the account."
    )
    created_at = models.DateTimeField(_("Luotu"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )
    activated_at = models.DateTimeField(_("Otettu käyttöön"), null=True, editable=False)
    confidentiality_accepted_at = models.DateTimeField(
        _("Vaitiolo vahvistettu"), null=True, editable=False
    )
    closed_at = models.DateTimeField(_("Suljettu"), null=True, editable=False)
    closed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        db_table = "vuokra_accounts_user"
        verbose_name = _("käyttäjä")
        verbose_name_plural = _("käyttäjät")
        ordering: ClassVar[list[str]] = ["username"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vuokra_accounts_user_username_lower",
                condition=Q(username=Lower("username")),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_user_active_is_activated_and_open",
                condition=Q(is_active=False) | Q(activated_at__isnull=False, closed_at=None),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_user_confidentiality_before_use",
                condition=Q(activated_at=None) | Q(confidentiality_accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_user_closed_by_another",
                condition=Q(closed_by=None) | (Q(closed_at__isnull=False) & ~Q(closed_by=F("id"))),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.username

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """Codes of the roles valid now; one query, kept for the life of this instance (request)."""
        from vuokra.accounts.queries import valid_roles

        return valid_roles(self) if self.is_active else frozenset()

    @property
    def is_main_user(self) -> bool:
        return Role.PAA in self.role_codes

    @property
    def is_staff(self) -> bool:
        """Django's word for who may enter the admin: the main user (pääkäyttäjä) alone."""
        return self.is_main_user

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Admin permissions follow from the role grant; there is no other permission."""
        return self.has_module_perms(perm.partition(".")[0])

    def has_module_perms(self, app_label: str) -> bool:
        return in_admin(app_label) and self.is_main_user

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django compares this with the session on every request: a raised epoch ends them all.
        from django.utils.crypto import salted_hmac

        salt = "vuokra.accounts.User.session"
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class RoleGrant(models.Model):
    """Role grant (roolin myöntö): who may act in which role, when, on whose approval and why.

    A grant is valid from `valid_from` to `valid_to` (both days included) once it is approved and
    until it is revoked. It is not edited: it is revoked and granted anew.
    """

    class Origin(models.TextChoices):
        MAIN_USER = "main_user", _("pääkäyttäjä")
        START = "start", _("käyttöönotto")

    user = models.ForeignKey(
        User, models.PROTECT, related_name="grants", verbose_name=_("Käyttäjä")
    )
    role = models.CharField(_("Rooli"), max_length=3, choices=Role)
    valid_from = models.DateField(_("Alkaa"))
    valid_to = models.DateField(_("Päättyy"))
    reason = models.CharField(_("Perustelu"), max_length=300)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.MAIN_USER)
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Esittäjä")
    )
    created_at = models.DateTimeField(_("Esitetty"), default=timezone.now)
    approver = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Hyväksyjä")
    )
    approved_at = models.DateTimeField(_("Hyväksytty"), null=True)
    revoked_at = models.DateTimeField(_("Poistettu"), null=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Poistaja")
    )
    revoke_reason = models.CharField(_("Poiston syy"), max_length=300, blank=True)
    reviewed_at = models.DateTimeField(_("Tarkistettu"), null=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Tarkistaja")
    )

    class Meta:
        db_table = "vuokra_accounts_role_grant"
        verbose_name = _("roolin myöntö")
        verbose_name_plural = _("roolien myönnöt")
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_role", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_end_not_before_start",
                condition=Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_reason", condition=~Q(reason="")
            ),
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_not_own_approver",
                condition=Q(approver=None) | ~Q(approver=F("user")),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_approval_names_approver",
                condition=Q(approved_at=None, approver=None)
                | Q(approved_at__isnull=False, approver__isnull=False, origin="main_user")
                | Q(approved_at__isnull=False, approver=None, origin="start"),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_requester",
                condition=Q(requested_by__isnull=False, origin="main_user")
                | Q(requested_by=None, origin="start"),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_two_main_users",
                condition=~Q(role__in=[Role.PAA, Role.TAR])
                | Q(approver=None)
                | ~Q(approver=F("requested_by")),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_role_grant_revocation_says_why",
                condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoke_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    def in_force(self, day: dt.date) -> bool:
        """Whether the grant gives its role on the day; `queries.valid_on` is the same in SQL."""
        approved = self.approved_at is not None and self.revoked_at is None
        return approved and self.valid_from <= day <= self.valid_to


class ActivationLink(models.Model):
    """Activation link (aktivointilinkki): opens an account once. Only the token's hash is kept."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("sähköposti")
        PRINT = "print", _("tulostettu")

    user = models.ForeignKey(User, models.PROTECT, related_name="activation_links")
    token_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=5, choices=Channel)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vuokra_accounts_activation_link"
        verbose_name = _("aktivointilinkki")
        verbose_name_plural = _("aktivointilinkit")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="vuokra_accounts_activation_link_one_open",
                fields=["user"],
                condition=Q(used_at=None, cancelled_at=None),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_activation_link_expires_later",
                condition=Q(expires_at__gt=F("created_at")),
            ),
            models.CheckConstraint(
                name="vuokra_accounts_activation_link_used_in_time",
                condition=Q(used_at=None) | Q(used_at__lte=F("expires_at"), cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Throttle(models.Model):
    """Failed sign-ins of one user name (kirjautumisesto), known or unknown.

    The name is kept as a keyed hash: an unknown name meets the same delays as a known one, and
    what somebody typed into the wrong field is not stored.
    """

    username_hash = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(
        default=0, help_text="Failures since the last successful sign-in or release."
    )
    last_failure_at = models.DateTimeField()
    wait_until = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vuokra_accounts_throttle"
        verbose_name = _("kirjautumisesto")
        verbose_name_plural = _("kirjautumisestot")

    def __str__(self) -> str:
        return f"{self.pk}"


class WebSession(models.Model):
    """Web session (istunto) of an account: when it began, was last used, from where, how it ended.

    Django's own session row holds no time of beginning and no account in the clear; this row does,
    and it stays when that one goes. `session_hash` is SHA-256 of the session key.
    """

    class End(models.TextChoices):
        SIGN_OUT = "sign_out", _("uloskirjautuminen")
        IDLE = "idle", _("käyttämättömyys")
        AGE = "age", _("enimmäiskesto")
        CLOSED = "closed", _("tunnus suljettu")
        ELSEWHERE = "elsewhere", _("toinen istunto toisesta osoitteesta")
        REPLACED = "replaced", _("salasana tai tekijä vaihdettu")

    user = models.ForeignKey(User, models.PROTECT, related_name="web_sessions")
    session_hash = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    address = models.GenericIPAddressField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=10, choices=End, blank=True)

    class Meta:
        db_table = "vuokra_accounts_web_session"
        verbose_name = _("istunto")
        verbose_name_plural = _("istunnot")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="vuokra_accounts_session_open", fields=["user"], condition=Q(ended_at=None)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vuokra_accounts_web_session_end_says_why",
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
