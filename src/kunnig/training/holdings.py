"""What is kept about those who are qualified to map, and about who granted it."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Qualification": holding(
        about="person",
        # A mapping is worth what its maker's qualification was worth that day.
        kept=Kept.FOR_EVER,
        personal=(
            "person reach ground starts_on ends_on granted_by granted_at "
            "ended_by ended_at ended_because"
        ),
        impersonal="id",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
