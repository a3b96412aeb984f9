from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "vuokra.demo"
    label = "vuokra_demo"
    verbose_name = "Esittely"

    def ready(self) -> None:
        from vuokra.demo import company, registry

        registry.register("company", 10, company.fill_company, company.no_company)
        registry.register("accounts", 20, company.fill_accounts, company.no_accounts)
