"""Local emulator of Douyin mini-game cloud storage."""

__version__ = "0.1.0"
