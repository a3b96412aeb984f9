"""Who read or changed what, when and why; seals that show an altered log."""
