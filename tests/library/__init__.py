"""What the library reads, and what it refuses."""
