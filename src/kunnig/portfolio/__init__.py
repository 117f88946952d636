"""What a person has done and can show, theirs across every case."""
