"""Voices: words for what the mind decided, by the persona's own lines or by a language model that is checked."""
