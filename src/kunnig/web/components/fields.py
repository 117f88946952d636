"""Fields of forms that are the same wherever they are asked for."""

from __future__ import annotations

from typing import Any

from django import forms


class DayField(forms.DateField):
    """One day, written or picked from a calendar; browsers send it as 2026-11-25."""

    def __init__(self, **kwargs: Any) -> None:
        picked = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "k-short"})
        super().__init__(widget=picked, **kwargs)
