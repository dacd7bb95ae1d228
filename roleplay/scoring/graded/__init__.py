"""Recorded calls, and what graded ones teach.

hearing      a transcript as sentences: who said what to whom
reading      ... embedded, and held against the rubric's moves
laid  runs   ... as rows, many calls at once
views        ... as numbers of one length, however long the call
head         what graded calls taught, as a measure
learning     how it is learnt and checked
asked        which criteria a call asked for
recorded     from all that to scores with their evidence
teaching  fitting      a trainer's graded calls, and the rubric fitted to them
agreement  gaps        whether it agrees with people, and is fair
"""
