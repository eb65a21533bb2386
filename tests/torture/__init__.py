"""What may happen to a machine, done to one on purpose: bounded, on loopback only, on invented people."""
