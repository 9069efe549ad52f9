"""What speaks for and against a hit: one module per kind of evidence."""
