"""Forms that hold only what the user may write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.dispatch import Signal

from vuokra.policy.fields import classified
from vuokra.policy.rights import Level, allows

Row = TypeVar("Row", bound=models.Model)

extra_fields_posted = Signal()
"""Sent with `names`, the set of posted names that a form does not have; the access log keeps it."""


class PolicyModelForm(forms.ModelForm[Row]):
    """A form of a personal model without the fields that the roles may not write.

    What was posted beside its fields is ignored, and the names go to the access event (DP-A5).
    `beside` names what the page posts on purpose next to the form (buttons, a way back). A form
    with a prefix answers only for names with that prefix.
    """

    beside: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = frozenset(roles)
        self.dropped = [name for name in self.fields if not self.may_write(name)]
        for name in self.dropped:
            del self.fields[name]
        for field in self.fields.values():
            # a browser would cut a long value silently: the form refuses it in words instead
            field.widget.attrs.pop("maxlength", None)

    def may_write(self, name: str) -> bool:
        """Whether the roles may write the model field of this name.

        A form field that is no model field decides for itself; one whose column the catalogue does
        not know raises CatalogueError.
        """
        try:
            known = classified(self._meta.model, name)
        except FieldDoesNotExist:
            return True
        return allows(self.roles, known.group, Level.WRITE)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and (extra := self.extra_names()):
            extra_fields_posted.send(type(self), names=extra)

    def extra_names(self) -> set[str]:
        """Names that were posted but belong to no field of the form."""
        own = f"{self.prefix}-" if self.prefix else ""
        posted = {name for name in (*self.data, *self.files) if name.startswith(own)}
        return {name for name in posted if not self._belongs(name)}

    def _belongs(self, name: str) -> bool:
        if name == "csrfmiddlewaretoken" or name in self.beside:
            return True
        for field_name, field in self.fields.items():
            of_field = self.add_prefix(field_name)
            parts = isinstance(field.widget, forms.MultiWidget | forms.SelectDateWidget)
            clears = isinstance(field.widget, forms.ClearableFileInput)
            if (
                name == of_field
                or (parts and name.startswith(f"{of_field}_"))
                or (clears and name == f"{of_field}-clear")
            ):
                return True
        return False
