"""From a trainer's answers to files that can be played: questions as data, the interview, and the text of each file."""
