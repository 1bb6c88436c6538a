"""What a phone does alike on every platform."""
