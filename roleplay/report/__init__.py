"""Values to text: debriefs, reports, lists."""
