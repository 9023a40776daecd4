// Starts with its first test.
