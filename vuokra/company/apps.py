from django.apps import AppConfig


class CompanyConfig(AppConfig):
    name = "vuokra.company"
    label = "vuokra_company"
    verbose_name = "Rekisterinpitäjä"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from vuokra.company import catalogue, models  # noqa: F401  (it registers)

        auditlog.register(models.Company)
        auditlog.register(models.OfficeHours)
        auditlog.register(models.PublicContact)
        auditlog.register(models.Limits)
        auditlog.register(models.NoticeVersion)
