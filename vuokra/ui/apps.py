from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "vuokra.ui"
    label = "vuokra_ui"
    verbose_name = "Käyttöliittymä"
