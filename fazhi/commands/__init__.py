"""What else a person can do with a project, a package for each command."""
