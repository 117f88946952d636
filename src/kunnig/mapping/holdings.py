"""What a mapping keeps: a person's own words, and who wrote, approved and locked them."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Mapping": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal=(
            "case kind version state supersedes started_by started_at shared_at approved_by "
            "approved_at approved_how locked_by locked_at beside"
        ),
        impersonal="id approved_hash content_hash",
    ),
    "MappingTarget": holding(
        about="mapping__case__person",
        kept=Kept.WITH_THE_FILE,
        personal="mapping target question_set",
        impersonal="id",
    ),
    "Answer": holding(
        about="mapping__case__person",
        kept=Kept.WITH_THE_FILE,
        personal="mapping path side value language by qualification at device_at",
        impersonal="id version renders operation",
    ),
    "Sitting": holding(
        about="mapping__case__person",
        kept=Kept.WITH_THE_FILE,
        personal="mapping by started_at last_at mode interpreter",
        impersonal="id",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
