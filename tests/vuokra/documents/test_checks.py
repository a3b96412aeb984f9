"""Lint of templates: identity codes only where the law demands them (8.3), nothing from outside."""

from __future__ import annotations

import pytest

from vuokra.documents import registry
from vuokra.documents.checks import check_templates, findings
from vuokra.documents.registry import Kind
from vuokra.policy.groups import Group


def kind_with(
    monkeypatch: pytest.MonkeyPatch, source: str, *, hetu: bool = False
) -> list[str | None]:
    monkeypatch.setattr(registry, "_read", lambda path: source if "test" in path else "")
    kind = Kind("test.x", "X", Group.HETU, "PT-HETU", "test/x.typ", lambda _: {}, hetu=hetu)
    return [finding.id for finding in findings([kind])]


@pytest.mark.parametrize("source", ["#data.hetu", '#data.at("hetu")', "[Henkilötunnus]"])
def test_an_identity_code_needs_its_ground(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    assert kind_with(monkeypatch, source) == ["vuokra_documents.E002"] * 2
    assert kind_with(monkeypatch, source, hetu=True) == []


@pytest.mark.parametrize(
    "source", ['#import "@preview/a:1.0.0"', '#include "x.typ"', '#read("x")', "#eval(data.name)"]
)
def test_a_template_reads_nothing_from_outside(
    monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    assert kind_with(monkeypatch, source) == ["vuokra_documents.E003"] * 2


def test_a_comment_is_not_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_with(monkeypatch, "// no hetu here, and no #read(x)\n#data.name") == []


def test_a_missing_template_is_found() -> None:
    kind = Kind("test.x", "X", Group.HETU, "PT-HETU", "registry/papers/no.typ", lambda _: {})
    assert [finding.id for finding in findings([kind])] == ["vuokra_documents.E001"] * 2


def test_every_template_of_the_product_passes() -> None:
    assert check_templates() == []
    assert registry.kinds()


def test_a_kind_is_registered_once_and_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {})
    kind = Kind("test.x", "X", Group.HETU, "PT-HETU", "test/x.typ", lambda _: {})
    registry.register(kind)
    for wrong in (
        kind,
        Kind("test.y", "X", Group.HETU, "NONE", "test/x.typ", lambda _: {}),
        Kind("test.z", "X", Group.HETU, "PT-HETU", {}, lambda _: {}),
    ):
        with pytest.raises(ValueError):
            registry.register(wrong)
