"""Likely duplicates, and merging two records of one person with an undo (kaksoiskappaleet)."""
