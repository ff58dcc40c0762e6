"""Rows to XLSX: the only place that knows xlsxwriter."""

from .charts import Chart, ChartPage
from .stack import Block, Stack
from .workbook import Column, Sheet, workbook

__all__ = ["Block", "Chart", "ChartPage", "Column", "Sheet", "Stack", "workbook"]
