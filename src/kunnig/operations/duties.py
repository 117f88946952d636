"""All the work that waits anywhere in the house, for the loop of `kunnig work`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunnig.letters import duties as letters

if TYPE_CHECKING:
    from kunnig.kernel.duties import Duty

DUTIES: tuple[Duty, ...] = (*letters.DUTIES,)
