"""Pages of households and relations."""

from registry.households.views.households import add_member, edit_membership, household

__all__ = ["add_member", "edit_membership", "household"]
