"""Copies of spreadsheets that managers keep read models and fields under their names of today."""

import base64
import json
import re
from pathlib import Path
from runpy import run_path

from odoo import SUPERUSER_ID, api

HERE = Path(__file__).parent


def migrate(cr, version):
    names = run_path(str(HERE / "pre-1-rename.py"))
    renames = names["Renames"](HERE / "renames.csv")
    expressions = run_path(str(HERE / "pre-2-expressions.py"))["Expressions"](cr, renames)
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model in ("spreadsheet.dashboard", "spreadsheet.dashboard.share"):
        if model not in env:
            continue
        for record in env[model].with_context(active_test=False).search([]):
            content = record.spreadsheet_binary_data
            if content:
                former = json.loads(base64.b64decode(content))
                new = rename_node(expressions, former)
                if new != former:
                    record.spreadsheet_binary_data = base64.b64encode(json.dumps(new).encode())


def rename_node(expressions, node, model=None):
    """A pivot, a list and a chart say which model their names are of."""
    if isinstance(node, dict):
        start = node.get("model") or node.get("resModel")
        start = start or (node.get("metaData") or {}).get("resModel") or model
        start = isinstance(start, str) and expressions.names.rename_model(start)
        return {
            rename_node(expressions, key, start): rename_node(expressions, value, start)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [rename_node(expressions, value, model) for value in node]
    if isinstance(node, str):
        is_path = bool(re.fullmatch(r"[\w.]+(:\w+)?", node))
        return expressions.rename(node, model, is_path)
    return node
