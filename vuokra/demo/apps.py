from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "vuokra.demo"
    label = "vuokra_demo"
    verbose_name = "Esittely"
