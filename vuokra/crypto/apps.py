from django.apps import AppConfig


class CryptoConfig(AppConfig):
    name = "vuokra.crypto"
    label = "vuokra_crypto"
    verbose_name = "Salaus"

    def ready(self) -> None:
        from vuokra.crypto import catalogue, changelog, checks  # noqa: F401  (they register)

        changelog.install()
