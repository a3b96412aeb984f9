"""The two documents as PDF, made of the stored content whenever they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.description.queries import Description
from registry.description.rules import Block, Part, Section
from vuokra.documents import registry, services
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.ui import formatting

LANGUAGES = ("fi", "en")
TEMPLATES = "registry/description/"


def _not_ordered(document: Document) -> Data:
    """They are about nobody and are not kept: `pdf` makes them."""
    raise NotImplementedError


NOTICE = Kind(
    key="description.notice",
    title=_("Tietosuojaseloste"),
    group=Group.RIGHTS,
    item="S3-01",
    templates=f"{TEMPLATES}notice.typ",
    data=_not_ordered,
)
RECORD = Kind(
    key="description.record",
    title=_("Seloste käsittelytoimista"),
    group=Group.RIGHTS,
    item="S3-01",
    templates=f"{TEMPLATES}record.typ",
    data=_not_ordered,
)
KINDS = {Part.NOTICE: NOTICE, Part.RECORD: RECORD}


def register() -> None:
    """What `DescriptionConfig.ready` registers, so that the templates are checked."""
    for kind in KINDS.values():
        registry.register(kind)


def pdf(description: Description, part: Part, language: str) -> bytes:
    """One of the documents in Finnish or English. Raises NotMade."""
    return services.render(KINDS[part], _data(description, part, language), language)


def _data(description: Description, part: Part, language: str) -> Data:
    at, version = LANGUAGES.index(language), description.version
    return {
        "code": version.notice.code if version else "",
        "valid_from": formatting.date(version.notice.valid_from) if version else "",
        "digest": version.digest if version else "",
        "sections": [_section(section, at) for section in description.content[part]],
    }


def _section(section: Section, at: int) -> dict[str, Any]:
    return {
        "heading": f"{section.code} {section.title[at]}",
        "inner": section.inner,
        "blocks": [_block(block, at) for block in section.blocks],
    }


def _block(block: Block, at: int) -> dict[str, Any]:
    return {
        "style": block.style.value,
        "head": _cells(block.head, at),
        "lines": [_cells(line.cells, at) for line in block.lines],
    }


def _cells(cells: Iterable[tuple[str, str]], at: int) -> list[str]:
    return [cell[at] for cell in cells]
