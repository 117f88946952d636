"""Letters: the outbox. What the system tells people, in their own language and in Swedish."""
