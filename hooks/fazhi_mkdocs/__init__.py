"""What must know MkDocs: a checked project as files, settings and navigation of a site."""
