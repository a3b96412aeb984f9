from collections.abc import Iterable

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "vuokra.access"
    label = "vuokra_access"
    verbose_name = "Käyttöloki"

    def ready(self) -> None:
        from vuokra.access import (
            catalogue,  # noqa: F401  (it registers)
            nightly,
        )
        from vuokra.access.partitions import keep_ahead
        from vuokra.policy.forms import extra_fields_posted

        nightly.register("log_partitions", keep_ahead)
        extra_fields_posted.connect(_note_extra_fields, dispatch_uid="vuokra.access")


def _note_extra_fields(names: Iterable[str], **kwargs: object) -> None:
    from vuokra.access.context import current

    current().note_extra_fields(names)
