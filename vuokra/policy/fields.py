"""From a model field to what the catalogue says of its column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from vuokra.policy.catalogue import CatalogueError, Column, TableKind, lookup
from vuokra.policy.groups import Group


@dataclass(frozen=True, slots=True)
class Classified:
    """A model field with its column's description and the field group whose rights guard it."""

    field: models.Field[Any, Any]
    column: Column
    group: Group


def classified(model: type[models.Model], name: str) -> Classified:
    """What the catalogue says of the field `name`.

    Raises FieldDoesNotExist for no such field, CatalogueError when its column is not described or
    lies in a table that is not personal: such a value is no matter of the policy.
    """
    field = model._meta.get_field(name)
    owner = field.model._meta.db_table
    table = lookup(owner)
    if not isinstance(field, models.Field) or table is None or table.kind is TableKind.PLAIN:
        raise CatalogueError(f"{owner}.{name} is not personal data by the catalogue.")
    place = field.column or ""  # a many-to-many field has no column
    column, group = table.columns.get(place), table.column_group(place)
    if column is None or group is None:
        raise CatalogueError(f"{owner}.{name} is not classified.")
    return Classified(field, column, group)
