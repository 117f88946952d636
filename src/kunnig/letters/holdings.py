"""What a letter keeps about the person it goes to."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Letter": holding(
        about="person",
        kept=Kept.WITH_THE_FILE,
        personal=(
            "person address language kind facts file state written_by written_at settled_at failure"
        ),
        impersonal="id attempts next_try_at claimed_until",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
