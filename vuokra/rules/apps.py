from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "vuokra.rules"
    label = "vuokra_rules"
    verbose_name = _("Säännöt")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from vuokra.rules import catalogue, models  # noqa: F401  (it registers)

        auditlog.register(models.RuleVersion, exclude_fields=["version"])  # given later
        auditlog.register(models.Holiday)
