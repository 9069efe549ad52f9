"""Documents in, a designated-party list out."""
