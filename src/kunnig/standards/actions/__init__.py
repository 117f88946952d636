"""Changing standards: new versions of syllabuses, and the question sets over them."""
