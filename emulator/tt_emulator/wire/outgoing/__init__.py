"""What games ask of others, and where it may go: to this machine alone."""
