"""Consents and objections: what each person lets the company send, and what not."""
