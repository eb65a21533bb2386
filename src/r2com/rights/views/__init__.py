"""The pages of the person's rights."""
