"""One row's proof that it stands under a signed head."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .heads import HeadFolder, verifies
from .tree import leaf, root_by_path


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
