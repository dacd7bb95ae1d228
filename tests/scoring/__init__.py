"""Sense, values, sentences, due and score."""
