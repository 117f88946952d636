"""What a person is told before anything is noted of them: one text, known by its version.

The text is `casefile/information.html`; a case notes which version was given.
"""

CURRENT = "2026-11"
VERSIONS = (CURRENT,)  # the newest first; a version that a case names stays here
