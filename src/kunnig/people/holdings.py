"""What is kept about every person, whatever they have to do with the county."""

from kunnig.kernel.holdings import Kept, holding

HOLDINGS = {
    "Person": holding(
        about="pk",
        kept=Kept.WHILE_KNOWN,
        personal=(
            "name search_key birth_date protection language username email password last_login "
            "is_active must_choose_password registered_at table_code table_code_at "
            "table_code_failures"
        ),
        impersonal="id",
    ),
    "Identifier": holding(
        about="person",
        kept=Kept.WHILE_KNOWN,
        personal="person kind issuer value noted_by noted_at",
        impersonal="id authority apart",
    ),
    "SignInFailure": holding(
        about="",
        kept=Kept.BRIEFLY,
        personal="tried happened_at",
        impersonal="id",
    ),
}
IMPERSONAL: frozenset[str] = frozenset()
