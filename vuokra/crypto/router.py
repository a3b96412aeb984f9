"""Which database holds what: subject keys live in `keys`, everything else in `default`."""

from __future__ import annotations

from typing import Any

from django.db import models

KEYS = "keys"
_LABEL, _MODEL = "vuokra_crypto", "subjectkey"


def _is_subject_key(model: type[models.Model] | models.Model) -> bool:
    return model._meta.app_label == _LABEL and model._meta.model_name == _MODEL


class KeysRouter:
    """Sends SubjectKey to `keys` and keeps it, and nothing else, there."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return KEYS if _is_subject_key(model) else None

    db_for_write = db_for_read

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool | None:
        return False if _is_subject_key(one) or _is_subject_key(other) else None

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """Operations that name no model (SQL, extensions) belong to `default`."""
        return (db == KEYS) == (app_label == _LABEL and model_name == _MODEL)
