"""What is kept of files: about the person whose they are; the bytes on disk go with the row."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "StoredFile": holding(
        about="person",
        kept=Kept.WHILE_KNOWN,
        personal="person name sha256 taken_in_by taken_in_at",
        impersonal="id kind size width height",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
