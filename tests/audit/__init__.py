"""What `persona check` finds."""
