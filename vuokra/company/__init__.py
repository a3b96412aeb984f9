"""The controller's own details and settings."""
