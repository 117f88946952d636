"""Verdicts, state tables, text and numbers: words every room may use, and none of the field's."""
