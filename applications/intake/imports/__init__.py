"""Bringing applications in from a file (hakemusten tuonti): columns, JSON, checks, writing."""

from applications.intake.imports.register import IMPORTER, PAGES

__all__ = ["IMPORTER", "PAGES"]
