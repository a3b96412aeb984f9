from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompanyConfig(AppConfig):
    name = "vuokra.company"
    label = "vuokra_company"
    verbose_name = _("Rekisterinpitäjä")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from vuokra.company import catalogue, models  # noqa: F401  (it registers)

        auditlog.register(models.Company)
        auditlog.register(models.OfficeHours)
        auditlog.register(models.PublicContact)
        auditlog.register(models.Limits)
        auditlog.register(models.NoticeVersion)
