"""Bringing the stock of homes in from a file (huoneistojen tuonti): columns, checks, writing."""

from leases.homes.imports.register import IMPORTER, PAGES

__all__ = ["IMPORTER", "PAGES"]
