"""The snapshots that transactions cite, and their erasure."""
