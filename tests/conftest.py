"""Settings that all tests share."""

from hypothesis import settings

# Time is measured in benchmarks/, never in a test: a loaded machine is no defect.
settings.register_profile("sanctscreen", deadline=None)
settings.load_profile("sanctscreen")
