"""Columns whose value the model computes."""

from __future__ import annotations

from typing import Any

from django.db import models


class ComputedTextField(models.TextField[str, str]):
    """Text that is worked out from the row itself whenever the row is written.

    `source` names a property of the model. The value is taken in `pre_save`, which `save`,
    `bulk_create` and `bulk_update` all call, so that no path can store a stale one. A save with
    `update_fields` must name the column.
    """

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value: str = getattr(model_instance, self.source)
        setattr(model_instance, self.attname, value)
        return value
