"""What a mapping is held against: syllabuses, points, criteria, and the questions we ask."""
