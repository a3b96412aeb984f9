from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "registry.papers"
    label = "registry_papers"
    verbose_name = "Asiakirjat kortilla"

    def ready(self) -> None:
        from registry.papers import card, demo, details
        from vuokra.demo import registry as demo_company
        from vuokra.documents import registry

        card.register()
        registry.register(details.KIND)
        demo_company.register("documents", 70, demo.fill, demo.empty)
