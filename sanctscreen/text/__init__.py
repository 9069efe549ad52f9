"""From any spelling to words that compare: scripts, look-alikes, romanisation, word classes."""
