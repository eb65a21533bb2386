"""What falls due, what goes, and the proof that it is gone, on the command line."""
