"""Rules on passages of text: words, and numbers that are typed beside each other."""
