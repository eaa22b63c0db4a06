"""What people wrote, in memory: records, narratives, locks. And what is remembered between two runs."""
