"""What holds for all tests: how long an example takes says nothing about the program, but much about the machine.

A run tries the same examples every time, so that what passed passes again. `pytest --hypothesis-profile=deep` looks
for new ones, twenty times as many.
"""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=2_000)
settings.load_profile("steady")
