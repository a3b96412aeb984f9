"""Papers of leases (vuokrasopimuksen asiakirjat): what is printed, and who may see it.

One module per kind of paper: the lease itself and the guarantee, its annexes, the confirmation that
it ends, and what is served. `sections` lets other rooms add to them, `hiding` says what is closed.
"""

from __future__ import annotations

from leases.contracts.papers import annexes, contract, ending, serving
from leases.contracts.papers.hiding import (
    ask_for_home,
    protected_homes,
    tells_home,
    tells_homes,
    without_protected_homes,
)
from leases.contracts.papers.sections import Place, Section, register_section
from vuokra.documents import registry

KINDS = (
    contract.LEASE, contract.GUARANTEE, annexes.HOUSEHOLD, annexes.CLAUSES, annexes.RULES,
    ending.CONFIRMATION, *serving.KINDS.values(),
)  # fmt: skip

__all__ = [
    "KINDS", "Place", "Section", "register", "register_section", "tells_home", "tells_homes",
]  # fmt: skip


def register() -> None:
    """What `ContractsConfig.ready` registers."""
    for kind in KINDS:
        registry.register(kind)
    registry.hide(without_protected_homes)
    registry.open_alone(protected_homes, ask_for_home)
