from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "vuokra.policy"
    label = "vuokra_policy"
    verbose_name = "Tietosuojasäännöt"
