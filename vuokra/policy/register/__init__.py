"""The register description as data, one module per section; `vuokra.policy.items` puts it together."""
