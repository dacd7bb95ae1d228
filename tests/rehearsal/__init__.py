"""Calls without a person."""
