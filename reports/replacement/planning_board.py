"""Printed planning: the lines of the screen on A3, readable in black and white."""

from odoo import api, models

from ...models.replacement.planning_board.screen import PLAIN_CELL

LETTERS = 3  # of a commune in a half-day of a few millimetres


class PlanningBoardDocument(models.AbstractModel):
    _name = "report.commune_relations.planning_board"
    _description = "Planning of the replacements (A3)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param data: `day` and `mode`, as `get_window` takes them"""
        data = data or {}
        board = self.env["commune.replacement.board"]
        window = board.get_window(data.get("day"), data.get("mode") or "week")
        lanes = [
            {**lane, "name": window["requests"][lane["request"]]["commune"]}
            | {"detail": window["requests"][lane["request"]]["post"]}
            for lane in window["lanes"]
        ]
        return {
            "docs": self.env.company,
            "title": self.env._("Planning %s", window["title"]),
            "heading": self.env._("Planning of the replacements"),
            "subtitle": window["title"],
            "window": window,
            "lanes": [self._prepare_line(lane, window) for lane in lanes],
            "agents": [self._prepare_line(agent, window) for agent in window["agents"]],
            "to_fill": sum(lane["count"] for lane in lanes),
        }

    @api.model
    def _prepare_line(self, line, window):
        load = line.get("count", line.get("held"))
        if "workable" in line:
            load = f"{load}/{line['workable']}"
        return {
            "name": line["name"],
            "detail": line.get("detail", ""),
            "load": load,
            "cells": [self._prepare_cell(cell, window) for cell in line["cells"]],
        }

    @api.model
    def _prepare_cell(self, cell, window):
        cell = {**PLAIN_CELL, **cell}
        request = window["requests"].get(cell.get("request"))
        name = request["commune"] if request else ""
        classes = [cell["kind"] or "free"]
        if window["mode"] != "week" and cell["span"] == 1:
            name = name[:LETTERS]
            classes.append("single")
        last = cell["first"] + cell["span"]
        classes += ["evening"] if last % 2 == 0 else []
        classes += ["saturday"] if last % 12 == 0 else []
        return {"text": name, "span": cell["span"], "class": " ".join(classes)}
