"""Standards hold no personal data: they say what can be known, never who knows it."""

from kunnig.kernel.holdings import Holding

HOLDINGS: dict[str, Holding] = {}
IMPERSONAL = frozenset(
    {
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
    }
)
