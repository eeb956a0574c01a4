"""What can be asked about people, their ways in, and links."""
