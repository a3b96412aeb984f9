"""Forms of applications. They parse and guide; the services check and write."""

from applications.intake.forms.acts import (
    AskForm,
    FileForm,
    FindForm,
    NewForm,
    PaperForm,
    ReasonForm,
    ReceiveForm,
    WithdrawForm,
)
from applications.intake.forms.parts import (
    PARTS,
    ChangeMemberForm,
    DetailsForm,
    DropForm,
    GroundForm,
    HomeForm,
    MemberForm,
    NeedForm,
    PartForm,
    PermitForm,
    ToldForm,
    WishForm,
)
from applications.intake.forms.whole import WholeForm

__all__ = [
    "PARTS", "AskForm", "ChangeMemberForm", "DetailsForm", "DropForm", "FileForm", "FindForm",
    "GroundForm", "HomeForm", "MemberForm", "NeedForm", "NewForm", "PaperForm", "PartForm",
    "PermitForm", "ReasonForm", "ReceiveForm", "ToldForm", "WholeForm", "WishForm",
    "WithdrawForm",
]  # fmt: skip
