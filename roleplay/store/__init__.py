"""Records of calls: SQLite on this computer, append-only, safe against being cut off at any moment."""
