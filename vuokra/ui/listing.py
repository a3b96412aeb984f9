"""What a list shows as it stands in an address: a part of it, filters and order; codes only, never
anything of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANY: list[tuple[str, StrOrPromise]] = [("", "–")]
PART = "rajaus"
ORDER = "jarjestys"

Choice = TypeVar("Choice", bound=models.TextChoices)


def address(values: Mapping[str, str]) -> str:
    """An address that says these values, without the empty ones."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return query.urlencode()


def segments(
    parts: Iterable[tuple[str, StrOrPromise]], given: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The whole list and its parts as links that keep what else is given."""
    here = given.get(PART, "")
    return [
        {"label": label, "url": f"?{address({**given, PART: code})}", "current": code == here,
         "count": None}
        for code, label in (("", _("Kaikki")), *parts)
    ]  # fmt: skip


class Parts(Generic[Choice]):
    """A list that is asked for whole or by parts, without filters. An odd part is none."""

    def __init__(self, choices: type[Choice], data: QueryDict) -> None:
        given = data.get(PART, "")
        self.chosen: Choice | None = choices(given) if given in choices.values else None
        self.query = address({PART: self.chosen.value if self.chosen else ""})
        """The address of the list as it is, without the page."""
        self.segments = segments(choices.choices, {PART: self.chosen.value} if self.chosen else {})


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: what it says, and the address of the list without it."""

    label: StrOrPromise
    value: StrOrPromise
    without: str


class ListForm(forms.Form):
    """Part, filters and order of a list from an address; anything odd is left out.

    A room names its filters in the order of the menu, and declares the fields `rajaus` and
    `jarjestys` after them; an order that starts with a minus is another turned round.
    """

    FILTERS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.prepare()
        self.is_valid()
        self.given: dict[str, str] = {
            name: value for name, value in self.cleaned_data.items() if value
        }

    def prepare(self) -> None:
        """Give fields the choices that are known only when the list is asked for."""

    @property
    def sort(self) -> models.TextChoices:
        """The order of the list, the room's usual one when none was asked for."""
        raise NotImplementedError

    @property
    def query(self) -> str:
        """The address of the list as it is, without the page."""
        return address(self.given)

    @property
    def choices(self) -> list[Any]:
        """The fields of the *Suodata* menu."""
        return [self[name] for name in self.FILTERS]

    @property
    def segments(self) -> list[dict[str, Any]]:
        """The whole list and its parts, as links that keep the filters."""
        return segments(self._choices(PART)[1:], self.given)

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, in the order of the menu."""
        return [
            Chip(self.fields[name].label or "", self._label(name), self._with(name, ""))
            for name in self.FILTERS
            if name in self.given
        ]

    def column(
        self, up: models.TextChoices, label: StrOrPromise, *, number: bool = False
    ) -> dict[str, Any]:
        """The head of a column that sorts: the order it gives next, and how it sorts now."""
        down = type(up)(f"-{up.value}")
        state = {up: "ascending", down: "descending"}.get(self.sort, "")
        order = down if state == "ascending" else up
        url = f"?{self._with(ORDER, order.value)}"
        return {"label": label, "url": url, "sorted": state, "number": number}

    def _choices(self, name: str) -> list[tuple[str, StrOrPromise]]:
        found: Any = self.fields[name]  # a ChoiceField
        return list(found.choices)

    def _label(self, name: str) -> StrOrPromise:
        return dict(self._choices(name))[self.given[name]]

    def _with(self, name: str, value: str) -> str:
        return address({**self.given, name: value})
