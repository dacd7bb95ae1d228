"""Whole calls without a person: a trainee of some kind plays against a persona, with the same mind, sense and score.

script     what such a trainee types, drawn by the seed; or a file of lines
stand_in   a trainee for a persona for which nobody has written lines: its own examples, each read as a stranger's
readings   one reading of a reply for all calls in which it is said
playing    the calls
figures    what many calls come to
holding    whether a model holds a customer's part under pressure
reader     a reader of customers' lines who knows nothing of the guards
"""
