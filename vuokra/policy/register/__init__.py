"""The register description as data, a module per section; joined in `vuokra.policy.items`."""
