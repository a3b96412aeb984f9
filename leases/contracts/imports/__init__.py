"""Bringing leases in from a file (vuokrasopimusten tuonti): columns, checks, writing."""

from leases.contracts.imports.register import IMPORTER, PAGES

__all__ = ["IMPORTER", "PAGES"]
