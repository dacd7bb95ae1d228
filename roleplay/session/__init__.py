"""One live call: inputs in, events out."""
