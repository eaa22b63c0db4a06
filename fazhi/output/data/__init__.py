"""Tables and JSON files of a year, as open data."""
