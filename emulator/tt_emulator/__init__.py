"""Local emulator of the cloud storage of Douyin and WeChat mini-games."""

__version__ = "0.1.0"
