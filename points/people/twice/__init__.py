"""Somebody who was enrolled twice: found, merged into one number, and taken apart again."""
