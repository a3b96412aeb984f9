"""Bringing permissions and prohibitions in from a file: columns, checks, writing."""

from registry.consents.imports.register import IMPORTER, PAGES

__all__ = ["IMPORTER", "PAGES"]
