"""Register items, purposes, roles and field groups; the catalogue that rooms fill."""
