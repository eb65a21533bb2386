"""The commands about the trail."""
