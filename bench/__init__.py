"""What is measured, and how to measure it again. Every number is a ratio or a median of one run; nothing asserts a time."""
