"""The pages of the site as Markdown or HTML, a module for each kind of page."""
