from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vuokra.accounts"
    label = "vuokra_accounts"
    verbose_name = "Käyttäjät"
