"""What is done to the application on purpose, and whether it holds."""
