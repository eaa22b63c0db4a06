"""Records one by one, as they are typed: held against the others before anything is written."""
