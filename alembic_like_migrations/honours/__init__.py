"""The schema's history of hours, certificates and boards."""
