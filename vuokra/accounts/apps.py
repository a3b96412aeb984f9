from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default = True
    name = "vuokra.accounts"
    label = "vuokra_accounts"
    verbose_name = _("Käyttäjät")

    def ready(self) -> None:
        from allauth.account.signals import password_changed
        from allauth.mfa import signals as mfa
        from allauth.mfa.models import Authenticator
        from auditlog.registry import auditlog
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from vuokra.access import nightly
        from vuokra.access.views import register_gate
        from vuokra.accounts import (
            catalogue,  # noqa: F401  (registers)
            checks,  # noqa: F401  (registers)
            factors,
            identity,
            models,
            rule_rows,
            secrets,
            sessions,
            signals,
            throttle,
        )
        from vuokra.crypto import rotation

        rule_rows.register_rules()
        nightly.register("sign_in_hindrances", throttle.purge)
        nightly.register("web_sessions", sessions.forget_expired)
        rotation.also("mfa_authenticator.data", waiting=secrets.waiting, move=secrets.reseal)

        register_gate(identity.gate)
        user_logged_in.connect(signals.signed_in)
        user_logged_out.connect(signals.signed_out)
        password_changed.connect(signals.password_changed)
        mfa.authentication_failed.connect(signals.code_failed)
        mfa.authenticator_used.connect(factors.on_used)
        mfa.authenticator_added.connect(factors.on_added)
        mfa.authenticator_removed.connect(factors.on_removed)

        auditlog.register(models.User, exclude_fields=["password", "last_login", "session_epoch"])
        auditlog.register(models.RoleGrant)
        auditlog.register(models.ActivationLink, exclude_fields=["token_hash"])
        auditlog.register(Authenticator, exclude_fields=["data", "last_used_at"])


class AdminConfig(SimpleAdminConfig):
    """Django's admin with the main user's own site, and only what our rooms register there."""

    default_site = "vuokra.accounts.site.MainUserSite"

    def ready(self) -> None:
        super().ready()
        from django.apps import apps
        from django.utils.module_loading import module_has_submodule

        from vuokra.accounts.models import in_admin

        for config in apps.get_app_configs():
            if in_admin(config.label) and module_has_submodule(config.module, "admin"):
                import_module(f"{config.name}.admin")
