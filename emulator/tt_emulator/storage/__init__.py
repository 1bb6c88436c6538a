"""Where players' data lives."""
