"""What changes a case. Every verb locks the case first, asks, changes, and leaves one line."""

from kunnig.cases.actions.access import change_responsible, end_access, end_role, let_in, protect
from kunnig.cases.actions.course import advance, close, decide_path, reopen
from kunnig.cases.actions.details import (
    change_details,
    correct_person,
    note_adaptation,
    note_identifier,
    reveal_identifier,
)
from kunnig.cases.actions.inviting import Invited, accept, find_invitation, invite
from kunnig.cases.actions.registering import register, register_for
from kunnig.cases.actions.rows import locked, locked_through
from kunnig.cases.actions.sign_in import (
    choose_table_code,
    give_colleague_password,
    give_password,
    open_colleagues_sign_in,
    open_sign_in,
)

__all__ = [
    "Invited",
    "accept",
    "advance",
    "change_details",
    "change_responsible",
    "choose_table_code",
    "close",
    "correct_person",
    "decide_path",
    "end_access",
    "end_role",
    "find_invitation",
    "give_colleague_password",
    "give_password",
    "invite",
    "let_in",
    "locked",
    "locked_through",
    "note_adaptation",
    "note_identifier",
    "open_colleagues_sign_in",
    "open_sign_in",
    "protect",
    "register",
    "register_for",
    "reopen",
    "reveal_identifier",
]
