"""A package as it is played: its files and its page at an origin of their own."""
