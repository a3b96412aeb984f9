from importlib import import_module

from django.apps import AppConfig
from django.core import checks


class PolicyConfig(AppConfig):
    name = "vuokra.policy"
    label = "vuokra_policy"
    verbose_name = "Tietosuojasäännöt"

    def ready(self) -> None:
        from vuokra.policy.checks import check_catalogue

        import_module("vuokra.policy.catalogue_django")
        checks.register(check_catalogue, "catalogue")
