"""Scoring and projecting residence permit points: standard library only, pure, without a clock, a file or a word of prose."""
