"""What every model that holds personal data is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import get_language

from vuokra.access.context import current


def choice_labels(field: models.Field[Any, Any]) -> dict[Any, str]:
    """The labels of a field's choices in the language of the screen."""
    return _labels(field, get_language())


@cache
def _labels(field: models.Field[Any, Any], language: str | None) -> dict[Any, str]:
    """The labels of a field's choices in a language."""
    return {value: str(label) for value, label in field.flatchoices}


@contextmanager
def _saving() -> Iterator[None]:
    """Tell the write compilers that a single instance is being saved, with its change log."""
    ctx = current()
    ctx.saving += 1
    try:
        yield
    finally:
        ctx.saving -= 1


class PersonalModel(models.Model):
    """A row about a person. It refuses pickling: a copy in a cache would escape the access log.

    `save` and `delete` of an instance write the change log; other writes on its table are refused
    outside `bulk_write(reason)`.
    """

    class Meta:
        abstract = True

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} rows hold personal data and are not pickled.")

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        self.__reduce__()

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> Any:
        """What `get_<field>_display` shows. Django's own makes a dictionary of all the choices each
        time, and hashing their translations takes a tenth of a person's page."""
        value = getattr(self, field.attname)
        return choice_labels(field).get(value, value)

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        with _saving():
            super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with _saving():
            return super().delete(*args, **kwargs)
