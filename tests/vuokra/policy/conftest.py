"""A model and a catalogue of our own, so that these tests do not lean on any room."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps

from vuokra.access.context import Actor
from vuokra.policy import catalogue
from vuokra.policy.catalogue import KEY, OWN, Table, describe, item, technical
from vuokra.policy.groups import Group


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> dict[str, Table]:
    """The catalogue of the running application, in a copy that the test may break."""
    copy = dict(catalogue._tables)
    monkeypatch.setattr(catalogue, "_tables", copy)
    return copy


@pytest.fixture
def card(tables: dict[str, Table]) -> Iterator[type[models.Model]]:
    """A model with columns of every kind, described in the catalogue, known to no application."""
    with isolate_apps("vuokra.policy"):

        class Card(models.Model):
            surname = models.CharField(max_length=200)
            phone = models.CharField(max_length=20, blank=True)
            hetu = models.BinaryField(null=True, editable=True)
            since = models.DateField(null=True, blank=True)
            account = models.CharField(max_length=34, blank=True)
            support = models.CharField(max_length=200, blank=True)
            made_at = models.DateTimeField(null=True)
            language = models.CharField(
                max_length=2, default="fi", choices=[("fi", "suomi"), ("sv", "ruotsi")]
            )

            class Meta:
                app_label = "vuokra_policy"
                db_table = "test_card"

            def __str__(self) -> str:
                return "card"

        describe(
            "test_card",
            group=Group.PERSON,
            subject=OWN,
            columns={
                "id": KEY,
                "surname": item("PT-NIMI", identifying=True),
                "phone": item("PT-PUH", group=Group.CONTACT),
                "hetu": item("PT-HETU", encrypted=True, group=Group.HETU),
                "since": item("HK-ALKU"),
                "account": item("VS-TILI-VAK", group=Group.BANK),
                "support": item("MU-ELÄMÄ", group=Group.SUPPORT),
                "made_at": technical("when the row was made"),
                "language": item("PT-NIMI"),
            },
        )
        yield Card


def request_of(*roles: str) -> Any:
    """A request whose actor holds the roles."""
    return SimpleNamespace(access=SimpleNamespace(actor=Actor("user:1", roles=frozenset(roles))))
