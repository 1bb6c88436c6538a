"""The platform's rules, in plain Python."""
