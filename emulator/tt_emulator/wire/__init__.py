"""HTTP and only HTTP: requests to calls, replies to bytes."""
