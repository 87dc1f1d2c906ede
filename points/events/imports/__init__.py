"""One module per format that events, people and areas arrive in."""
