from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "vuokra.db"
    label = "vuokra_db"
    verbose_name = "Tietokanta"
