"""A project for another township: what it holds of its own, and what it takes along."""
