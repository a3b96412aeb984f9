"""`make run`: everything one register needs, from one process."""
