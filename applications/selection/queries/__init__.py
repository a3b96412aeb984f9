"""What the selection reads: facts of households, bounds of the municipality, ranked applicants."""
