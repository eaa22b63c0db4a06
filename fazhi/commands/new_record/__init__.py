"""A new record, question by question."""
