"""Rows to XLSX: the only place that knows xlsxwriter."""

from .charts import Chart, ChartPage
from .workbook import Column, Sheet, workbook

__all__ = ["Chart", "ChartPage", "Column", "Sheet", "workbook"]
