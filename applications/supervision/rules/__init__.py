"""Which periods the report tells of, and which of its numbers."""
