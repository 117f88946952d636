"""What is kept about those who work in an organisation."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Assignment": holding(
        about="person",
        kept=Kept.WHILE_KNOWN,
        personal="person organisation role starts_on ends_on",
        impersonal="id",
    ),
}
IMPERSONAL = frozenset({"Organisation", "PlanningFigure"})
