"""Scripts that make a working tree ready; nothing here is part of the product."""
