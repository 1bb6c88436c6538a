"""Worlds that several servers share: each is alive in one of them, and its log is in Redis."""
