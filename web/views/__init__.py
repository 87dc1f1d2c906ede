"""One module per noun; a view finds, calls one verb, renders or redirects with 303."""
