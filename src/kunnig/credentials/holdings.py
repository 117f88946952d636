"""What is kept of every paper that was handed out, and of those who ask about one."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Paper": holding(
        about="case__person",
        # Whoever has the paper in hand may have it checked as long as it exists.
        kept=Kept.FOR_EVER,
        personal=(
            "case mapping kind number code languages snapshot issued_by issued_at shows_name "
            "successor"
        ),
        impersonal="id content_hash template_version law_version operation",
    ),
    "VerificationAttempt": holding(
        about="",
        kept=Kept.BRIEFLY,
        personal="address_hash at",
        impersonal="id",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
