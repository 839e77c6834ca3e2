"""Finds out which functions of CPython's module an estimate may need: ``python -m runtime.profile``."""
