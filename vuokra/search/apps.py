from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "vuokra.search"
    label = "vuokra_search"
    verbose_name = "Haku"

    def ready(self) -> None:
        from vuokra.search import catalogue, functions, registry  # noqa: F401  (it registers)
        from vuokra.ui import navigation

        navigation.search_at("search:search")
        registry.register("functions", _("Toiminnot"), 90, functions.find)
