"""A narrative and its values, through an edition, as Markdown; what is kept of a published report."""
