"""Postal addresses as La Poste reads them, and sheets of labels."""
