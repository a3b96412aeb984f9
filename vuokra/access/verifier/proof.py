"""Proofs that rows stand under signed heads: one row by its bytes, or many by their hashes."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .heads import HeadFolder, verifies
from .tree import leaf, root_by_path

BUNDLE = "vuokra-proofs/1"


def check_proof(proof: dict[str, Any], keys: list[Ed25519PublicKey], heads: Path | None) -> str:
    """Why an inclusion proof does not hold, or '' when it does.

    A proof holds when the row's bytes lead to the root in a head that was signed with the key and,
    when the folder is given, is among the exported heads.
    """
    text, data = str(proof["head"]), str(proof["row"]).encode()
    if json.loads(data)[:3] != [proof["table"], proof["version"], proof["id"]]:
        return "the proof names another row than the one it holds"
    signature = bytes.fromhex(proof["signature"])
    if not any(verifies(key, signature, text) for key in keys):
        return "the head is not signed with the key"
    root = b64decode(text.split("\n")[2])
    path = [bytes.fromhex(step) for step in proof["path"]]
    if root_by_path(leaf(data), proof["index"], proof["size"], path) != root:
        return "the row does not lead to the root that was signed"
    if heads and not any(known.text == text for known in HeadFolder.at(heads)):
        return "the head is not among the exported ones"
    return ""


def check_bundle(
    bundle: dict[str, Any], keys: list[Ed25519PublicKey], heads: Path | None
) -> tuple[int, str]:
    """How many rows of a bundle were checked, and why one does not hold, or ''.

    A bundle has each signed head once and every row by its hash alone: it shows that the row was
    sealed then and unchanged since, not what it says. Who holds the log can show the row itself,
    which must give the same hash.
    """
    texts = {head["seal"]: head for head in bundle["heads"]}
    known = {head.text for head in HeadFolder.at(heads)} if heads else None
    for head in texts.values():
        signature = bytes.fromhex(head["signature"])
        if not any(verifies(key, signature, head["head"]) for key in keys):
            return 0, f"head {head['seal']} is not signed with the key"
        if known is not None and head["head"] not in known:
            return 0, f"head {head['seal']} is not among the exported ones"
    for count, row in enumerate(bundle["rows"]):
        head = texts.get(row["seal"])
        if head is None:
            return count, f"row {row['id']} of {row['table']} names a head that is not there"
        path = [bytes.fromhex(step) for step in row["path"]]
        found = root_by_path(bytes.fromhex(row["leaf"]), row["index"], head["size"], path)
        if found != b64decode(head["head"].split("\n")[2]):
            return count, f"row {row['id']} of {row['table']} does not lead to the signed root"
    return len(bundle["rows"]), ""
