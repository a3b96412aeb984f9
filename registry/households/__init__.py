"""Who live together, and who answers for whom: households and relations between people."""
