"""Standards: syllabuses with their targets, points and criteria, and the questions over them."""

from kunnig.standards.models.drafts import LONGEST_REASON, DraftEntry, DraftPart, SetDraft
from kunnig.standards.models.question_sets import (
    LONGEST_SHORT,
    Question,
    QuestionGroup,
    QuestionGroupText,
    QuestionSet,
    QuestionText,
)
from kunnig.standards.models.syllabuses import (
    LONGEST_SOURCE,
    Criterion,
    Point,
    PurposePoint,
    Syllabus,
    SyllabusSchoolForm,
    Target,
    TargetPurpose,
)

__all__ = [
    "LONGEST_REASON",
    "LONGEST_SHORT",
    "LONGEST_SOURCE",
    "Criterion",
    "DraftEntry",
    "DraftPart",
    "Point",
    "PurposePoint",
    "Question",
    "QuestionGroup",
    "QuestionGroupText",
    "QuestionSet",
    "QuestionText",
    "SetDraft",
    "Syllabus",
    "SyllabusSchoolForm",
    "Target",
    "TargetPurpose",
]
