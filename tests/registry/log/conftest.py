"""The people and browsers of the tests of people serve the log too."""

from tests.registry.persons.conftest import demo_mode, person, signed_in

__all__ = ["demo_mode", "person", "signed_in"]
