"""Rows to XLSX: the only place that knows xlsxwriter."""

from .workbook import Column, Sheet, workbook

__all__ = ["Column", "Sheet", "workbook"]
