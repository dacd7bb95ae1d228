"""The customer's mind and voice, without an embedder."""
