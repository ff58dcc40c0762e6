"""Figures of the management, each worked out apart."""
