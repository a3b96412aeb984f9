"""What forms of every room share: a form calls a service, which checks and writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vuokra.ui.fields import DayField

Made = TypeVar("Made")


class RunsService:
    """A form that calls a service and tells at its fields what the service refuses."""

    error_fields: ClassVar[Mapping[str, str]] = {}
    """Field by the code of an error, or by the name of a broken constraint."""
    usual_field: ClassVar[str] = ""
    """Where an error without a field of its own is told; above the form when empty."""

    def run(self: Any, service: Callable[[], Made]) -> Made | None:
        """Call the service in a savepoint; what it refuses becomes an error of its field."""
        try:
            with transaction.atomic():
                return service()
        except ValidationError as error:
            self.tell(error)
            return None

    def tell(self: Any, error: ValidationError) -> None:
        """Put what a service refused at its fields."""
        usual = self.usual_field or None
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                for one in errors:
                    # a broken constraint names its field as its code
                    field = name if name in self.fields else self.error_fields.get(name, one.code)
                    self.add_error(field if field in self.fields else usual, one)
            return
        code: str = getattr(error, "code", None) or ""  # several errors have none in common
        field = self.error_fields.get(code)
        self.add_error(field if field in self.fields else usual, error)


class DayForm(RunsService, forms.Form):
    """The day on which something was done."""

    usual_field = "on"

    on = DayField(label=_("Päivä"))
