"""What leaves: pages, open data, documents, the package, and the last search before they go."""
