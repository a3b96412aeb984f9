"""The demo company's published description."""

from __future__ import annotations

from registry.description import services
from registry.description.models import DescriptionVersion
from vuokra.demo.registry import Progress, Scale


def fill(scale: Scale, progress: Progress) -> None:
    """One version, in force from today."""
    services.publish(
        code="2",
        valid_from=scale.today,
        summary="Seloste laadittu tietosuoja-asetuksen mukaiseksi",
        today=scale.today,
    )
    progress(1, 1)


def empty() -> bool:
    """Whether nothing has been published."""
    return not DescriptionVersion.objects.exists()
