"""The customer: a mind that decides, and voices that word it."""
