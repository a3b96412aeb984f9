"""How the two documents are put together from what is known of the register."""

from registry.description.building.facts import Facts
from registry.description.building.notice import notice
from registry.description.building.record import record

__all__ = ["Facts", "notice", "record"]
