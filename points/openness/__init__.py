"""Public notices and the masking of names."""
