"""Placeholder for the judge of skips."""
