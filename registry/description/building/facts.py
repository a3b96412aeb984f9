"""What a description tells of: the company, the items, where they lie, and how long they are kept.

Plain data, gathered by `registry.description.queries`; the builders read nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import override

from registry.retention import words
from registry.retention.rules import Lengths
from vuokra.policy.items import ItemKind, RegisterItem
from vuokra.policy.retention import RETENTION
from vuokra.policy.text import Bilingual

NO_WORDS = Bilingual("", "")
_CODE = re.compile(r"\bR[0-9]+\b")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or place that can be contacted."""

    title: Bilingual
    name: str = ""
    phone: str = ""
    email: str = ""
    hours: Bilingual = NO_WORDS


@dataclass(frozen=True, slots=True)
class Opening:
    """Office hours of one weekday, as text."""

    day: Bilingual
    hours: str


@dataclass(frozen=True, slots=True)
class Controller:
    """The company as it stands in the notice."""

    name: str
    business_id: str
    address: str
    phone: str
    email: str
    register: str
    contact: Contact
    officer: Contact | None
    openings: tuple[Opening, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the builders know."""

    controller: Controller
    items: tuple[RegisterItem, ...]
    places: Mapping[str, tuple[str, ...]]
    """Item id → `table.column` of every column that holds it."""
    lengths: Lengths
    answer: Bilingual | None
    """How soon a request is answered, in words."""

    def held(self, kind: ItemKind = ItemKind.COLUMN) -> list[RegisterItem]:
        """The items of a kind that are in use."""
        return [item for item in self.items if item.kind is kind and item.built]

    def retention_codes(self) -> list[str]:
        """The retention codes of items in use and those that their formulas name, in the order of
        the table of codes."""
        used = {code for item in self.items if item.built for code in item.retention}
        used |= {named for code in used for named in _CODE.findall(RETENTION[code].formula.fi)}
        return [code for code in RETENTION if code in used]

    def kept(self, code: str) -> Bilingual:
        """Until when data of a retention code are kept, with the lengths of the rules."""
        return words.formula(code, self.lengths)


def both(text: object) -> Bilingual:
    """A translated text in both languages."""
    found = []
    for language in ("fi", "en"):
        with override(language):
            found.append(str(text))
    return Bilingual(*found)


def joined(texts: Iterable[Bilingual], by: str = ", ") -> Bilingual:
    """Texts one after another, each once."""
    once = list(dict.fromkeys(texts))
    return Bilingual(by.join(text.fi for text in once), by.join(text.en for text in once))


def same(text: str) -> Bilingual:
    """A text that is the same in both languages: a name, a number."""
    return Bilingual(text, text)
