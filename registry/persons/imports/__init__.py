"""Bringing people in from a file (henkilöiden tuonti): columns, checks, writing."""

from registry.persons.imports.columns import COLUMNS
from registry.persons.imports.register import IMPORTER

__all__ = ["COLUMNS", "IMPORTER"]
