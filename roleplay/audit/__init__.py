"""What a trainer wants to know of a persona before anyone takes the call: can it be won, and what in it is dead?"""
