"""The folder that is published: packed as a zip, and verified against its sums."""
