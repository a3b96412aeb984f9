from django.apps import AppConfig


class CompanyConfig(AppConfig):
    name = "vuokra.company"
    label = "vuokra_company"
    verbose_name = "Rekisterinpitäjä"
