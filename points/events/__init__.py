"""What happened, who did what in it, and how it comes in."""
