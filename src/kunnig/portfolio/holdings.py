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
            "person kind title issuer country issued description translation translated_by "
            "original_seen_by original_seen_on added_by added_at"
        ),
        impersonal="id operation",
    ),
    "CaseEvidence": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal="case evidence taken_in_by taken_in_at taken_out_by taken_out_at",
        impersonal="id",
    ),
    "EvidenceFile": holding(
        about="evidence__person",
        kept=Kept.WHILE_KNOWN,
        personal="evidence file is_translation added_by added_at taken_away_by taken_away_at",
        impersonal="id operation",
    ),
    "RefereeWords": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal="case evidence words means told_on noted_by noted_at",
        impersonal="id law operation",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
