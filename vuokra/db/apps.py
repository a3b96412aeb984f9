from django.apps import AppConfig
from django.core import checks


class DatabaseConfig(AppConfig):
    name = "vuokra.db"
    label = "vuokra_db"
    verbose_name = "Tietokanta"

    def ready(self) -> None:
        from vuokra.db.checks import check_guarded

        checks.register(check_guarded)
