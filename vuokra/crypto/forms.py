"""The form field of an encrypted column."""

from __future__ import annotations

from typing import Any

from django import forms

from vuokra.crypto.values import MASK, Masked


class SealedCharField(forms.CharField):
    """Text that is never shown in its input: an existing value stays when the input is empty.

    The browser is told not to remember it. To edit a text in place, give the form the revealed
    text as initial: then an emptied input empties it.
    """

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        if max_length is None:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return "" if isinstance(value, Masked) else super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if isinstance(initial, Masked):
            return data not in self.empty_values
        return super().has_changed(initial, data)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        if isinstance(bound.initial, Masked):
            # A value exists: the input may stay empty, and its dots are a hint, not a value.
            bound.field.required = False
            bound.field.widget.is_required = False
            bound.field.widget.attrs["placeholder"] = MASK
        return bound

    def _clean_bound_field(self, bound: forms.BoundField) -> Any:
        if isinstance(bound.initial, Masked) and bound.data in self.empty_values:
            return bound.initial
        return super()._clean_bound_field(bound)  # type: ignore[misc]
