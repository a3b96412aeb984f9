"""Checks that the log is what was sealed, and names the first row that is not.

This folder stands alone: Python, psycopg2 and cryptography are enough, Django is not needed. Copy
it to another machine together with the public key and the exported heads, and run

    python verifier --database URL --public-key FILE --heads FOLDER [--json]
    python verifier --proof FILE --public-key FILE [--heads FOLDER]

Exit status: 0 what was sealed is there, 1 it is not, 2 the check could not be made.
A proof is one row's, or the bundle of a person's rows. The format of the
log is defined here (`rows`, `tree`, `heads`), and the sealer uses it.
"""

from .check import Check, verify
from .command import main
from .heads import Head, HeadFolder, Seal, load_keys, parse_notes, signed_note
from .proof import BUNDLE, check_bundle, check_proof
from .reading import FETCH, SEALS, connect, open_cursor, rows_query, seal_from
from .report import Finding, Report, describe
from .rows import FORMS, NEWEST, utc
from .tree import merkle_root, root_by_path

__all__ = [
    "BUNDLE",
    "FETCH",
    "FORMS",
    "NEWEST",
    "SEALS",
    "Check",
    "Finding",
    "Head",
    "HeadFolder",
    "Report",
    "Seal",
    "check_bundle",
    "check_proof",
    "connect",
    "describe",
    "load_keys",
    "main",
    "merkle_root",
    "open_cursor",
    "parse_notes",
    "root_by_path",
    "rows_query",
    "seal_from",
    "signed_note",
    "utc",
    "verify",
]
