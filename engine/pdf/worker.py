"""Worker that lays out a long PDF in a separate process.

No request waits for it, Odoo's time and memory limits do not apply, and the system takes its
memory back at the end.

python -m engine.pdf.worker FOLDER
"""

import gc
import logging
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from ..background_task import Task

NICE = 5  # anyone who works in Odoo meanwhile comes first
PAGE = re.compile(r"Page (\d+)")


class Drawing(Task):
    """Task whose result is a PDF, as bytes, and whose progress is the last page laid out."""

    module = "engine.pdf.worker"
    lifted = ("RLIMIT_CPU", "RLIMIT_AS")

    def start(self, html: str, base_url: str, resources: dict) -> int:
        """:param resources: {address: (bytes, mimetype)}, all that the page may show
        :return: the number of the process
        """
        return self.begin(html, base_url, resources)


def _render(task, html, base_url, resources):
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from . import pdf

    class Kept(URLFetcher):
        def fetch(self, url, headers=None):
            if url[:5].lower() == "data:":
                return super().fetch(url, headers)
            if url not in resources:
                raise ValueError(url)
            body, mimetype = resources[url]
            return URLFetcherResponse(url, body, {"Content-Type": mimetype})

    # Nothing of a part is thrown away before its end: to look for it takes a quarter of the time.
    gc.disable()
    with suppress(OSError, AttributeError):
        os.nice(NICE)
        # Where memory is missing, this process ends, and neither Odoo nor PostgreSQL.
        Path("/proc/self/oom_score_adj").write_text("1000")
    steps = logging.getLogger("weasyprint.progress")
    steps.setLevel(logging.INFO)
    steps.addHandler(_Pages(task))
    return pdf.render(html, Kept(allowed_protocols=("data",), allow_redirects=False), base_url)


class _Pages(logging.Handler):
    """Report progress: the last page that WeasyPrint logs, numbered from 1 in each part."""

    def __init__(self, task):
        super().__init__()
        self.task, self.before, self.last = task, 0, 0

    def emit(self, record):
        if self.task.is_stopped:
            raise InterruptedError
        page = PAGE.search(record.getMessage())
        if page:
            self.before += self.last if page[1] == "1" else 0
            self.last = int(page[1])
            self.task.report(self.before + self.last)


if __name__ == "__main__":
    Drawing.run(Path(sys.argv[1]), _render)
