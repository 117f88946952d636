"""What is kept of what a person has done and can show; it is theirs, whatever becomes of a case."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Experience": holding(
        about="person",
        kept=Kept.WHILE_KNOWN,
        personal="person field title told taken_in_at taken_away_at",
        impersonal="id",
    ),
    "Evidence": holding(
        about="person",
        kept=Kept.WHILE_KNOWN,
        personal=(
            "person kind title issuer country issued description original_seen_by original_seen_on "
            "added_by added_at"
        ),
        impersonal="id operation",
    ),
    "CaseEvidence": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal="case evidence taken_in_by taken_in_at",
        impersonal="id",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
