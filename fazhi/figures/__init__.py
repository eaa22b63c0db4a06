"""Definitions and records as values, values as words; how far sensitive counts are published."""
