"""What those who work with cases fill in. One form for each verb; the fields are its keywords."""

from kunnig.web.validator.forms.case import (
    AdaptationForm,
    CaseForm,
    NotesForm,
    PathForm,
    ReasonForm,
)
from kunnig.web.validator.forms.colleagues import ColleagueForm, LetInForm, ProtectionForm
from kunnig.web.validator.forms.fields import NO, YES
from kunnig.web.validator.forms.person import (
    CorrectionForm,
    InviteForm,
    NumberForm,
    PersonForm,
    TableCodeForm,
)

__all__ = [
    "NO",
    "YES",
    "AdaptationForm",
    "CaseForm",
    "ColleagueForm",
    "CorrectionForm",
    "InviteForm",
    "LetInForm",
    "NotesForm",
    "NumberForm",
    "PathForm",
    "PersonForm",
    "ProtectionForm",
    "ReasonForm",
    "TableCodeForm",
]
