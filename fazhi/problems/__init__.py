"""What is wrong, where, and how bad: problems, the rule book, and how problems are printed."""
