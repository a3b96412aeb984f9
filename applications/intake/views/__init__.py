"""Pages of applications."""

from applications.intake.views.acts import (
    add_original,
    admit,
    ask_paper,
    ask_to_complete,
    complete,
    discard,
    drop_paper,
    paper_arrives,
    paper_file,
    receive,
    remove_file,
    renew,
    see_paper,
    send_back,
    withdraw,
)
from applications.intake.views.letters import order_letter
from applications.intake.views.pages import (
    application,
    applications,
    bulk,
    find,
    new_application,
    purpose,
)
from applications.intake.views.parts import (
    add_ground,
    add_member,
    add_part,
    change_details,
    change_home,
    change_member,
    change_need,
    change_part,
    change_permit,
    change_told,
    change_wish,
    drop_ground,
    drop_member,
    drop_part,
    reveal,
)
from applications.intake.views.review import paper_picture, reason, review
from applications.intake.views.whole import whole_application

__all__ = [
    "add_ground", "add_member", "add_original", "add_part", "admit", "application", "applications",
    "ask_paper", "ask_to_complete", "bulk", "change_details", "change_home", "change_member",
    "change_need", "change_part", "change_permit", "change_told", "change_wish", "complete",
    "discard", "drop_ground", "drop_member", "drop_paper", "drop_part", "find",
    "new_application", "order_letter", "paper_arrives", "paper_file", "paper_picture", "purpose",
    "reason", "receive", "remove_file", "renew", "reveal", "review", "see_paper", "send_back",
    "whole_application", "withdraw",
]  # fmt: skip
