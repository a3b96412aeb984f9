from django.apps import AppConfig


class CryptoConfig(AppConfig):
    name = "vuokra.crypto"
    label = "vuokra_crypto"
    verbose_name = "Salaus"
