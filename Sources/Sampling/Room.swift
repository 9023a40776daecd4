// Starts with its first file.
