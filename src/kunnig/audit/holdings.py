"""What the trail keeps about people: who did or read what, about whom, by key."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Entry": holding(
        about="",
        kept=Kept.AS_A_TRAIL,
        personal="verb target file about actor capacity happened_at",
        impersonal="id is_reading",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
