"""Algorithms and file formats in plain Python: nothing here may import odoo."""
