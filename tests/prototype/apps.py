from django.apps import AppConfig


class PrototypeConfig(AppConfig):
    name = "tests.prototype"
    label = "prototype"

    def ready(self) -> None:
        from tests.prototype import catalogue  # noqa: F401  (it registers)
