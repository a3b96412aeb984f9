"""Forms of disclosures. They parse and guide; the services check and write."""
