"""What a case keeps about the person it is about, and about those who work with it."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Case": holding(
        about="person",
        kept=Kept.WITH_THE_FILE,
        personal=(
            "number person board home_municipality home_ground state origin own_reference purpose "
            "goal language needs_interpreter information_text responsible registered_by "
            "registered_at"
        ),
        impersonal="id is_practice operation",
    ),
    "Access": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal=(
            "case person part ground starts_on ends_on granted_by granted_at ended_by ended_at"
        ),
        impersonal="id",
    ),
    "Adaptation": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal="case number text noted_by noted_at",
        impersonal="id",
    ),
    "PathDecision": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal="case number path reason decided_on decided_by decided_at",
        impersonal="id operation",
    ),
    "Invitation": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal=(
            "case number way letter secret_hash invited_by invited_at expires_at state settled_at"
        ),
        impersonal="id",
    ),
    "Closing": holding(
        about="case__person",
        kept=Kept.WITH_THE_FILE,
        personal=(
            "case left_state reason closed_by closed_at reopened_by reopened_at reopened_because"
        ),
        impersonal="id",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
