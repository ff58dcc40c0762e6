"""Background tasks in a separate process, outside Odoo’s limits (`engine/background_task.py`).

A scheduled job starts a task, follows it for less than these limits, and resumes later. It never
holds a row lock; progress and requests to stop pass through short transactions."""

import logging
from pathlib import Path
from time import monotonic, sleep

from odoo import fields, models
from odoo.sql_db import db_connect
from odoo.tools import SQL, config

from ...engine.background_task import NO_ROOM
from .disk_space import describe_full, is_full

_logger = logging.getLogger(__name__)
TURN = 40  # seconds that the job waits for a task before it yields: servers cut after 120
LOOK = 0.5  # seconds between two polls of the process
MOST_TRIES = 3  # of one step, when the server is cut meanwhile


class CommuneBackgroundTaskMixin(models.AbstractModel):
    _name = "commune.background.task.mixin"
    _description = "Work in a process of its own"

    _task_job = None  # name of the scheduled job
    _task_class = None  # its `engine.background_task.Task`
    _task_folder = None  # of the folders of these works

    asked_mark = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Fingerprint of what is being computed: what was found for another question, by"
        " another server or before, is not taken.",
    )

    def _start_task(self, task):
        """Gather what is asked, and begin."""
        raise NotImplementedError

    def _write_result(self, found):
        """Write what was found, once."""
        raise NotImplementedError

    def _prepare_progress_values(self, progress):
        """{column: value} of what the screens show of the progress."""
        raise NotImplementedError

    def _fail(self, message):
        """End a task that found no result: record the reason, and forget the task."""
        raise NotImplementedError

    def _describe_interruption(self):
        raise NotImplementedError

    def _run_tasks(self):
        """Run the tasks in turn; a failure records its reason, and the next task runs."""
        end = monotonic() + TURN
        for record in self:
            is_over = True
            try:
                is_over = record._run_task(end)
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("%s %s", record._description, record.id)
                record._fail(record._describe_error(error))
            if not is_over:
                self.env.ref(self._task_job)._trigger()
                break
            self.env["ir.cron"]._commit_progress(1)

    def _describe_error(self, error):
        """Sentence that explains a failure, from an exception or from the output of the process."""
        if error == NO_ROOM or (isinstance(error, Exception) and is_full(error)):
            return describe_full(self.env)
        return str(error)

    def _get_task(self):
        """The work of this record, outside of the database."""
        folder = Path(config["data_dir"]) / self._task_folder / self.env.cr.dbname
        return self._task_class(folder / str(self.id), self.sudo().asked_mark)

    def _run_task(self, end):
        """Start the task, poll it, write its result.

        :param end: when to leave it to the next run (monotonic)
        :return: whether it is over
        """
        task = self._get_task()
        if not task.is_begun:
            if task.try_again() > MOST_TRIES:  # the server was cut each time
                self._fail(self._describe_interruption())
                return True
            self._start_task(task)
            self.asked_mark = task.mark
        # Ends the transaction: what is written during the work will be seen afterwards.
        self.env["ir.cron"]._commit_progress(0, remaining=1)
        found = self._follow(task, end)
        self.env.cr.rollback()
        self.invalidate_recordset()
        if found is None and not task.is_dead:
            return False
        if self.exists():
            if self.asked_mark != task.mark:  # something else was asked meanwhile
                task.forget()
                return False
            self._end(task, found)
        task.forget()
        return True

    def _end(self, task, found):
        """Write the result of a task, or the reason why there is none."""
        if isinstance(found, str):
            self._fail(self._describe_error(found))
        elif found is None or task.try_again() > MOST_TRIES:
            self._fail(self._describe_interruption())
        else:
            self._write_result(found)

    def _follow(self, task, end):
        """Report progress and watch for a cancellation, until the work or the turn ends.

        :return: as `Task.found`
        """
        watch, shown = Watch(self), None
        while True:
            found, is_dead, progress = task.found, task.is_dead, task.progress
            if progress and progress != shown:
                watch.update(self._prepare_progress_values(progress))
                shown = progress
            if found is not None or is_dead:
                return found
            if watch.is_stopped():
                task.stop()
            if monotonic() >= end:
                return None
            sleep(LOOK)


class Watch:
    """Reports progress and watches for a cancellation, in very short transactions."""

    def __init__(self, record):
        self.database, self.id = record.env.cr.dbname, record.id
        self.table = SQL.identifier(record._table)
        self.wish = SQL("stop_asked") if "stop_asked" in record._fields else SQL("FALSE")

    def update(self, values):
        """Write the progress; a record that is being edited is updated next time.

        :param values: {column: value}
        """
        columns = [SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()]
        query = SQL(
            "UPDATE %(table)s SET %(columns)s WHERE id ="
            " (SELECT id FROM %(table)s WHERE id = %(id)s FOR UPDATE SKIP LOCKED)",
            table=self.table,
            columns=SQL(", ").join(columns),
            id=self.id,
        )
        with db_connect(self.database).cursor() as cr:
            cr.execute(query)

    def is_stopped(self):
        """Whether a user asked to stop, or the record was deleted."""
        query = SQL("SELECT %s FROM %s WHERE id = %s", self.wish, self.table, self.id)
        with db_connect(self.database).cursor() as cr:
            cr.execute(query)
            row = cr.fetchone()
        return not row or bool(row[0])
