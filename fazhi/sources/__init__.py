"""A file as bytes, as text, as YAML with positions; evidence files. What can be wrong while reading: FZ1."""
