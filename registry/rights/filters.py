"""What the register of requests is narrowed to, from the address; anything odd is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.rights.models import Right
from registry.rights.queries import Filters, Scope

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OLDEST = 2018


class ListForm(forms.Form):
    """Filters of the register; codes only, never anything of a person."""

    ANY: ClassVar[list[tuple[str, StrOrPromise]]] = [("", "–")]

    tila = forms.ChoiceField(required=False, choices=[*ANY, *Scope.choices])
    oikeus = forms.ChoiceField(label=_("Oikeus"), required=False, choices=[*ANY, *Right.choices])
    vuosi = forms.IntegerField(
        label=_("Saapumisvuosi"), required=False, min_value=OLDEST, max_value=2100
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.is_valid()
        self.given: dict[str, str] = {
            name: str(value) for name, value in self.cleaned_data.items() if value
        }

    @property
    def scope(self) -> Scope:
        return Scope(self.given.get("tila", Scope.OPEN))

    @property
    def filters(self) -> Filters:
        given = self.given
        return Filters(
            self.scope,
            Right(given["oikeus"]) if "oikeus" in given else None,
            int(given["vuosi"]) if "vuosi" in given else None,
        )

    @property
    def waiting(self) -> bool:
        """Whether the list is that of all open requests: its count is the work that waits."""
        return self.scope == Scope.OPEN and not self.narrowed

    @property
    def narrowed(self) -> bool:
        return bool(self.given.keys() - {"tila"})

    @property
    def query(self) -> str:
        return self._address(self.given)

    @property
    def segments(self) -> list[dict[str, object]]:
        """The scopes as links."""
        kept = {name: value for name, value in self.given.items() if name != "tila"}
        return [
            {
                "label": scope.label,
                "url": f"?{self._address(kept | {'tila': scope.value})}",
                "current": scope == self.scope,
                "count": None,
            }
            for scope in Scope
        ]

    @staticmethod
    def _address(values: dict[str, str]) -> str:
        query = QueryDict(mutable=True)
        query.update(values)
        return query.urlencode()
