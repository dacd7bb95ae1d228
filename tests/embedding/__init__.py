"""Tests of `roleplay.embedding`, with the real model."""
