"""Standards say what can be known, never who knows it; drafts say who wrote what is asked."""

from kunnig.kernel.holdings import Kept, holding

# Whoever publishes answers for what is asked, as long as somebody may have been asked it.
HOLDINGS = {
    "SetDraft": holding(
        about="begun_by",
        kept=Kept.FOR_EVER,
        personal="begun_by begun_at proposed_by proposed_at published_by published_at",
        impersonal="id target number state copied_from question_set",
    ),
    "DraftEntry": holding(
        about="by",
        kept=Kept.FOR_EVER,
        personal="by at reason",
        impersonal="id draft number part deed content",
    ),
}
IMPERSONAL = frozenset(
    {
        "Criterion",
        "DraftPart",
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
