"""Records that were written elsewhere and handed in as files: checked, named, and put in their places."""
