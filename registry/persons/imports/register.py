"""The import of people as `vuokra.imports` knows it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.persons.imports.check import check
from registry.persons.imports.columns import COLUMNS
from registry.persons.imports.write import write
from vuokra.imports.registry import Importer
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

NEEDS: Final = (
    (Group.CUSTOMER, Level.READ),
    (Group.PERSON, Level.WRITE),
    (Group.IDENTITY, Level.WRITE),
    (Group.HETU, Level.WRITE),
    (Group.CONTACT, Level.WRITE),
)

IMPORTER: Final = Importer(
    code="persons",
    title=_("Henkilöiden tuonti"),
    columns=COLUMNS,
    needs=NEEDS,
    check=check,
    write=write,
)
