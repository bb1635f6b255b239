"""The results as JSON, as Markdown, and as one page with charts that needs nothing else."""

import json
import os

from . import page
from .goals import GOALS, judge
from .results import OURS

STATUS = {"hangs": "**hangs**", "fails": "fails", "unsupported": "unsupported"}


def write_all(results, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(as_data(results), indent=1, ensure_ascii=False) + "\n")
    (folder / "report.md").write_text(markdown(results))
    (folder / "report.html").write_text(page.render(as_data(results), goal_rows(results)))


def publish(results, file):
    file.parent.mkdir(exist_ok=True)
    file.write_text(markdown(results))


def as_data(results):
    return {
        "date": results.date, "mode": results.mode, "machine": results.machine,
        "servers": [{"name": server.name, "title": server.title, "version": server.version(), "limit": server.is_limit}
                    for server in results.servers],
        "workloads": [{
            "key": workload.key, "title": workload.title, "note": _notes(results, workload),
            "figures": [vars(figure) for figure in workload.figures],
            "cells": {name: _cell_data(cell, workload) for name, cell in results.cells[workload.key].items()},
        } for workload in results.workloads],
    }


def _cell_data(cell, workload):
    return {
        "status": cell.status, "reason": cell.reason,
        "values": {figure.key: cell.values.get(figure.key, []) for figure in workload.figures},
        "client_share": cell.client_share,
    }


def _notes(results, workload):
    return " ".join(filter(None, (workload.note, results.client_note(workload, os.cpu_count()))))


def number(value, digits):
    return "–" if value is None else f"{value:,.{digits}f}"


def goal_rows(results):
    """work, figure, goal, ours, best peer, stock, C sendfile, reached: as texts."""
    rows = []
    for goal in GOALS:
        judged = judge(goal, results)
        if judged is None:
            continue
        figure = next((figure for figure in results.workload(goal.workload).figures if figure.key == goal.figure), None)
        digits = figure.digits if figure else 0
        peer = f"{number(judged.peer[1], digits)} ({results.server(judged.peer[0]).title})" if judged.peer else "–"
        stock_cell = results.cell(goal.workload, "stock")
        stock = stock_cell.status if stock_cell and stock_cell.status != "ok" else number(judged.stock, digits)
        our_cell = results.cell(goal.workload, OURS)
        ours = our_cell.status if our_cell.status != "ok" or figure is None else number(judged.ours, digits)
        reached = {True: "yes", False: "**no**", None: "–"}[judged.reached]
        rows.append([goal.work, figure.title if figure else "", judged.text, ours, peer, stock, number(judged.limit, digits), reached])
    return rows


GOAL_HEADINGS = ["work", "figure", "goal", "ZeroFTPd", "best peer", "stock FtpServer", "C sendfile", "reached"]


def markdown(results):
    lines = [
        "# Performance", "",
        "Written by `benchmarks/bin/compare --publish` from one run; figures of different runs or machines can't be compared, ratios can.",
        f"All servers ran on this machine over loopback, with the same home and user, and took turns within each round. Figures are medians"
        f" (least – most). CPU is the server's alone, over all of its processes. This run: {results.mode}.", "",
        f"- date: {results.date}", *[f"- {name}: {value}" for name, value in results.machine.items()],
        *[f"- {server.title}: {server.version()}" for server in results.servers], "",
    ]
    rows = goal_rows(results)
    if rows:
        lines += ["## Goals", "", *_table(GOAL_HEADINGS, rows), ""]
    lines += ["## All workloads", ""]
    for workload in results.workloads:
        lines += [f"### {workload.title}", ""]
        notes = _notes(results, workload)
        if notes:
            lines += [notes, ""]
        lines += [*_table(["", *[_heading(figure) for figure in workload.figures]], _workload_rows(results, workload)), ""]
        reasons = [f"- {results.server(name).title}: {cell.reason.splitlines()[0]}"
                   for name, cell in results.cells[workload.key].items() if cell.reason]
        if reasons:
            lines += [*reasons, ""]
    return "\n".join(lines).rstrip() + "\n"


def _heading(figure):
    return figure.title if not figure.unit or figure.unit in figure.title or "/" in figure.title else f"{figure.title}, {figure.unit}"


def _workload_rows(results, workload):
    rows = []
    for server in results.servers:
        cell = results.cell(workload.key, server.name)
        if cell is None:
            continue
        if cell.status != "ok":
            rows.append([server.title, STATUS[cell.status], *[""] * (len(workload.figures) - 1)])
        else:
            rows.append([server.title, *[_with_spread(cell, figure) for figure in workload.figures]])
    for title, ratio in (("ours ÷ best peer", results.ratio_to_peer), ("ours ÷ C sendfile", results.ratio_to_limit)):
        ratios = [ratio(workload.key, figure) for figure in workload.figures]
        if any(value is not None for value in ratios):
            rows.append([f"*{title}*", *[f"*{number(value, 2)}*" for value in ratios]])
    return rows


def _with_spread(cell, figure):
    value, spread = cell.median(figure.key), cell.spread(figure.key)
    if value is None:
        return "–"
    text = number(value, figure.digits)
    if len(cell.values[figure.key]) > 1:
        text += f" ({number(spread[0], figure.digits)} – {number(spread[1], figure.digits)})"
    return text


def _table(headings, rows):
    return [
        "| " + " | ".join(headings) + " |",
        "|" + "---|" * len(headings),
        *["| " + " | ".join(row) + " |" for row in rows],
    ]


def summary(results):
    """For the terminal: the Markdown without its introduction."""
    text = markdown(results)
    start = text.find("## Goals")
    return text[start if start >= 0 else text.find("## All workloads"):]
