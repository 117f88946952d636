"""Standards: syllabuses with their targets, points and criteria, and the questions over them."""

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
    "LONGEST_SHORT",
    "LONGEST_SOURCE",
    "Criterion",
    "Point",
    "PurposePoint",
    "Question",
    "QuestionGroup",
    "QuestionGroupText",
    "QuestionSet",
    "QuestionText",
    "Syllabus",
    "SyllabusSchoolForm",
    "Target",
    "TargetPurpose",
]
