from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "vuokra.documents"
    label = "vuokra_documents"
    verbose_name = _("Asiakirjat")

    def ready(self) -> None:
        from auditlog.registry import auditlog
        from django.core import checks

        from vuokra.access import nightly
        from vuokra.documents import catalogue, models, services  # noqa: F401  (the catalogue registers)
        from vuokra.documents.checks import check_templates

        checks.register(check_templates)
        auditlog.register(models.Document, exclude_fields=["file", "own_file"])
        auditlog.register(models.DocumentSubject)
        nightly.register("documents left behind", services.queue_left_behind)
