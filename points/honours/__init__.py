"""Hours, stars and honour levels, service certificates, and the boards of a closed period."""
