"""Ledgers as the offices keep them, in Excel or WPS: rows become records, and records rows again."""
