"""Turvakielto: whose contact details nobody may tell, and where those then lie."""
