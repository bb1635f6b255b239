"""The page with charts: Chart.js, the data and a few lines of script, in one file."""

import html
import json
import re
import zipfile
from pathlib import Path

from .servers import BENCHMARKS

PLOTTING_LIBRARY = re.compile(r"META-INF/resources/webjars/chart\.js/[^/]+/dist/chart\.umd\.js")
HERE = Path(__file__).parent


def render(data, goal_rows):
    template = (HERE / "page.html").read_text()
    return (
        template.replace("<!--GOALS-->", _goals(goal_rows))
        .replace("/*LIBRARY*/", _script(_plotting_library()))
        .replace("/*DATA*/", _script(json.dumps(data, ensure_ascii=False)))
    )


def _plotting_library():
    """From the webjar on the module's class path, so that Maven pins and checks it."""
    for jar in (BENCHMARKS / "target/classpath").read_text().strip().split(":"):
        if Path(jar).name.startswith("chart.js-"):
            with zipfile.ZipFile(jar) as archive:
                name = next(name for name in archive.namelist() if PLOTTING_LIBRARY.fullmatch(name))
                return archive.read(name).decode()
    raise FileNotFoundError("chart.js is not on the class path of benchmarks")


def _script(text):
    return text.replace("</", "<\\/")


def _goals(rows):
    cells = "".join(
        "<tr class='{}'>{}</tr>".format(
            {"yes": "reached", "**no**": "missed"}.get(row[-1], ""),
            "".join(f"<td>{html.escape(cell.replace('*', ''))}</td>" for cell in row),
        ) for row in rows
    )
    return cells
