"""Small files of invented people and events, in the shapes real files have, and what made them."""
