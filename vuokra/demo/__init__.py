"""The invented company that a first start shows; rooms register what they add."""
