"""Inspections of flats at moves, readings of meters, and the moves of a week."""
