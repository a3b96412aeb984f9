"""What the codes of a choice mean in words (koodien selitykset): urgency classes, and why a home is
needed. A memorandum and the page of a decision tell the codes that stand on them, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst

from applications.intake.codes import Situation
from applications.selection.rule_rows import CLASSES


def class_words(urgency: int | None) -> str:
    """What an urgency class is called; empty where no need is recorded."""
    return "" if urgency is None else capfirst(str(CLASSES[str(urgency)]))


def legend(compared: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The codes of these households of a snapshot with their words: classes, then grounds, in the
    order of the company's list."""
    households = list(compared)
    classes = {one["urgency"] for one in households if one["urgency"] is not None}
    grounds = {code for one in households for code in one["situations"]}
    return [
        *((str(one), class_words(one)) for one in sorted(classes)),
        *((one.value, str(one.label)) for one in Situation if one.value in grounds),
    ]
