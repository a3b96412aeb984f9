from importlib import import_module

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "vuokra.policy"
    label = "vuokra_policy"
    verbose_name = "Tietosuojasäännöt"

    def ready(self) -> None:
        import_module("vuokra.policy.catalogue_django")
