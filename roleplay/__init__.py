"""A flight simulator for customer conversations.

One way down; every layer knows only those below it:

    cli  tui                        the edges: arguments, keys, pictures
    report                          values to text
    premises | rehearsal            where everything is | calls without a person
    session                         one live call: inputs in, events out
    customer | scoring              mind and voice | sense and score
    embedding                       vectors, and their cache
    library | store                 YAML in | records
    persona rubric call_log score event transcript      frozen values
    sanitise errors
"""
