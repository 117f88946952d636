"""What changes a mapping: every acknowledged word is kept, once."""

from kunnig.mapping.actions.answering import (
    LONGEST_ANSWER,
    LONGEST_LINE,
    Given,
    Outcome,
    Result,
    answer,
)
from kunnig.mapping.actions.approving import APPROVALS, approve, approve_at_table, share
from kunnig.mapping.actions.beginning import (
    add_target,
    start_in_depth,
    start_initial,
    start_new_version,
)
from kunnig.mapping.actions.evidence import (
    add_evidence,
    describe_evidence,
    note_original,
    take_evidence_in,
    take_evidence_out,
    tie_evidence,
)
from kunnig.mapping.actions.locking import lock
from kunnig.mapping.actions.sittings import LONGEST_BREAK, SITTING_STEP, note_sitting
from kunnig.mapping.actions.together import Said, answer_together, take_back_together

__all__ = [
    "APPROVALS",
    "LONGEST_ANSWER",
    "LONGEST_BREAK",
    "LONGEST_LINE",
    "SITTING_STEP",
    "Given",
    "Outcome",
    "Result",
    "Said",
    "add_evidence",
    "add_target",
    "answer",
    "answer_together",
    "approve",
    "approve_at_table",
    "describe_evidence",
    "lock",
    "note_original",
    "note_sitting",
    "share",
    "start_in_depth",
    "start_initial",
    "start_new_version",
    "take_back_together",
    "take_evidence_in",
    "take_evidence_out",
    "tie_evidence",
]
