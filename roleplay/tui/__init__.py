"""The edge for people: the full-screen app."""
