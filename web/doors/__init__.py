"""The doors of the site, by whom they serve: URL, method, view and who may."""
