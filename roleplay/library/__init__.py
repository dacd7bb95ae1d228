"""YAML in: personas, temperaments, rubrics, rehearsal lines."""
