"""The command line of the verifier."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import psycopg2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .check import verify
from .heads import load_keys
from .proof import BUNDLE, check_bundle, check_proof
from .report import describe


def main(argv: list[str] | None = None) -> int:
    """The command line; see the package's docstring."""
    parser = argparse.ArgumentParser(description="Check the access log against its seals.")
    parser.add_argument("--database", help="address, as postgres://user@host/name")
    parser.add_argument("--public-key", type=Path, required=True, help="PEM file")
    parser.add_argument("--heads", type=Path, help="folder of exported heads")
    parser.add_argument("--proof", type=Path, help="check this inclusion proof instead")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    args = parser.parse_args(argv)
    if not args.proof and not args.database:
        parser.error("give --database or --proof")
    try:
        keys = load_keys(args.public_key)
        if args.proof:
            rows, fault = _check(json.loads(args.proof.read_text("utf-8")), keys, args.heads)
            told = json.dumps({"holds": not fault, "fault": fault, "rows": rows})
            print(told if args.json else fault or f"ok: {rows}")
            return 1 if fault else 0
        report = verify(args.database, keys, args.heads)
    except (OSError, ValueError, KeyError, psycopg2.Error) as error:
        print(f"The check could not be made: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report.as_json(), ensure_ascii=False) if args.json else describe(report))
    return 1 if report.finding_count else 0


def _check(proof: Any, keys: list[Ed25519PublicKey], heads: Path | None) -> tuple[int, str]:
    """How many rows a proof file has, and why it does not hold, or ''."""
    if proof.get("format") == BUNDLE:
        return check_bundle(proof, keys, heads)
    return 1, check_proof(proof, keys, heads)
