"""What lies in a data directory: worlds as a log and one file a player."""
