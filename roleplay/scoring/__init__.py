"""The sense that reads replies, and the scores made of what it saw."""
