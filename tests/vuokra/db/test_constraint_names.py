"""Names by which forms and services know a broken constraint are names that the database has.

A name that is misspelt, or left over after a constraint was renamed, fails nothing by itself: the
error is then told above the form, or becomes a fault of ours.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping

import pytest
from django.apps import apps
from django.db import connection
from django.urls import get_resolver

from tests.checks.project import python_files, text_of
from tests.people import system_access
from vuokra.access.stated import raw_sql
from vuokra.ui.forms import RunsService

pytestmark = pytest.mark.django_db
WINGS = ("vuokra", "registry", "leases", "applications")
NAMES = """
    SELECT conname FROM pg_constraint
    UNION SELECT relname FROM pg_class WHERE relkind = 'i'
"""
RAISED = "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
"""Guards name the constraint that they stand for in quotes."""


def rooms() -> set[str]:
    """What names of constraints begin with: the room, or its wing and the room."""
    labels = {one.label for one in apps.get_app_configs() if one.name.split(".")[0] in WINGS}
    return labels | {one.partition("_")[2] for one in labels}


def known() -> set[str]:
    """Every name in the database, also those that triggers raise."""
    with system_access(), raw_sql("names of constraints"), connection.cursor() as cursor:
        cursor.execute(NAMES)
        names = {name for (name,) in cursor.fetchall()}
        cursor.execute(RAISED)
        return names | {name for (body,) in cursor.fetchall() for name in _quoted(body)}


def _quoted(body: str) -> list[str]:
    return re.findall(r"'([a-z0-9_]+)'", body)


def forms(of: type[RunsService] = RunsService) -> Iterator[type[RunsService]]:
    """Every form that calls a service."""
    for one in of.__subclasses__():
        yield one
        yield from forms(one)


def texts() -> Iterator[tuple[str, Mapping[object, object]]]:
    """Every list of words by the names of constraints, as services keep them."""
    for module in list(sys.modules.values()):
        if module.__name__.split(".")[0] not in WINGS or ".migrations" in module.__name__:
            continue
        for name, value in vars(module).items():
            if re.fullmatch("[A-Z_]*TEXTS|PROTECTED", name) and isinstance(value, Mapping):
                yield f"{module.__name__}.{name}", value


def asked_by_name(name: str) -> bool:
    """Whether a service takes these words itself, for what it alone refuses."""
    return any(f'["{name}"]' in (text_of(path) or "") for path in python_files())


def test_names_of_constraints_are_names_of_the_database() -> None:
    get_resolver().url_patterns  # noqa: B018  # the pages import their forms
    begins, there = tuple(f"{one}_" for one in rooms()), known()
    of_forms = {(form.__qualname__, name) for form in forms() for name in form.error_fields}
    of_texts = {
        (where, name) for where, given in texts() for name in given if isinstance(name, str)
    }
    named = {pair for pair in of_forms | of_texts if pair[1].startswith(begins)}
    assert len(named) > 100, "the names are found"
    unknown = {pair for pair in named if pair[1] not in there}
    assert unknown & of_forms == set()
    assert {pair for pair in unknown if not asked_by_name(pair[1])} == set()
