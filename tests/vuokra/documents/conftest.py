"""Kinds of the test's own, a company for the letterhead, and reading a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.people import system_access
from vuokra.company.models import Company
from vuokra.company.services import save_company
from vuokra.documents import registry, rendering
from vuokra.documents.registry import Kind
from vuokra.policy.groups import Group

LAYOUT = registry._read(registry.LAYOUT)
INPUTS = {
    "lang": "fi",
    "title": "Vastaus pyyntöön",
    "date": "26.11.2026",
    "reference": "TP-2026-7",
    "company": {"name": "Hillakosken Vuokra-asunnot Oy", "lines": ["a", "b"], "address": ["c"]},
}
SHOWING = "#show: paper\n#data.name\n"


def pdf_of(template: str, data: Mapping[str, Any], **changes: Any) -> bytes:
    """The PDF of a template under the common layout."""
    inputs = INPUTS | {"data": data} | changes
    return rendering.typeset(f"{LAYOUT}\n{template}", inputs, at=timezone.now())


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All the text, without line breaks and the invisible places where a long word may break."""
    text = "".join(page.extract_text() for page in reader(pdf).pages)
    return text.replace("\u200b", "").replace("\n", "")


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def company(db: None) -> None:
    with system_access():
        save_company(
            Company(
                name="Hillakosken Vuokra-asunnot Oy", business_id="0000001-9",
                street_address="Koskikatu 1", postal_code="97999", city="Hillakoski",
                phone="+358490000001", contact_person="Meri Mallikas",
            )
        )  # fmt: skip


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Kind]]:
    """Kinds of the test alone: an open one and one of class D, whose templates are texts."""
    sources = {"open.typ": SHOWING, "sealed.typ": SHOWING}
    real = registry._read
    monkeypatch.setattr(
        registry, "_read", lambda path: sources.get(path.rpartition("/")[2]) or real(path)
    )
    made = {
        "test.open": Kind("test.open", "Koe", Group.CONTACT, "PT-OSOITE", "test/open.typ", _data),
        "test.sealed": Kind(
            "test.sealed", "Tukisuunnitelma", Group.SUPPORT, "MU-SUUNN", "test/sealed.typ", _data
        ),
    }
    monkeypatch.setattr(registry, "_kinds", dict(made))
    made["sources"] = sources  # type: ignore[assignment]  # a test changes a template by it
    yield made


def _data(document: Any) -> dict[str, str]:
    return {"name": f"Asia {document.reference}"}
