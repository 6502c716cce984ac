"""Settings of this stage's tests."""

from hypothesis import settings

# The machine that runs the tests may be busy with other things.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
