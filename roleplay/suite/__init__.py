"""Rubric regression: cases that say what a rubric must see, run, compared with a baseline, and told in every format."""
