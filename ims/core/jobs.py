"""Work that is done after the page has answered, by a process of its own: `manage.py worker`.

    @job(name="upload.check", queue="uploads", lock="upload-{upload_id}", on_giving_up=say_that_it_failed)
    def check(upload_id: int): ...

    check.later(upload_id=upload.pk)

What must stay true: a job is kept with the transaction that asks for it; its arguments are ids and nothing else; and what
it does is an action, which does nothing the second time, because a worker can be killed between the work and the word
that it was done. No other module imports procrastinate.
"""

import asyncio
import json
import logging
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from procrastinate import BaseRetryStrategy, RetryDecision, sql
from procrastinate.contrib.django import app as _app
from procrastinate.contrib.django import connector_params
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.tasks import configure_task
from procrastinate.worker import Worker

log = logging.getLogger(__name__)

# Django's own connection, inside a worker as well: so what is asked for lies in the transaction of whoever asks.
_here = DjangoConnector()
# Any number, the same for every worker.
LOOKING_FOR_STALLED = 7_463_002


class NotAnId(TypeError):
    """A job was given something other than whole numbers and UUIDs: its table never says anything about anybody."""


class GivenUp(RuntimeError):
    """A job failed as often as it is tried, and its app was told."""


class EndedUnasked(RuntimeError):
    """A worker ended by a fault, with nobody having told it to. Another one may be started at once."""


@dataclass(frozen=True)
class Job:
    """A declared job. `lock` names what two jobs never do at once; `on_giving_up` is given the same ids."""

    name: str
    queue: str
    function: Callable[..., None]
    lock: str = ""
    on_giving_up: Callable[..., None] | None = None

    def later(self, **ids: int | UUID) -> None:
        """Have it done once the caller's transaction is saved; never, if that is taken back.

        Jobs of one lock run one after the other, in the order in which they were asked for.
        Raises NotAnId, and TypeError where the names are not the function's.
        """
        signature(self.function).bind(**ids)
        if not all(type(value) in (int, UUID) for value in ids.values()):
            raise NotAnId(self.name)
        kept = {name: value if type(value) is int else str(value) for name, value in ids.items()}
        lock = self.lock.format(**kept) or None
        configure_task(
            name=self.name, job_manager=JobManager(_here), queue=self.queue, lock=lock, task_kwargs=kept
        ).defer()

    def attempt(self, kept: dict[str, int | str], *, tried: int) -> None:
        """Try once, having tried so often before. Raises whatever went wrong, or GivenUp after the last try.

        A job that has killed its worker at its last try is not tried again; an app that could not be told that a job is
        given up is told again.
        """
        ids = {name: value if type(value) is int else UUID(value) for name, value in kept.items()}
        failure = None
        if tried < tries():
            try:
                return self.function(**ids)
            except Exception as error:
                log.warning("%s failed, try %s of %s", self.name, tried + 1, tries(), exc_info=error)
                if tried + 1 < tries():
                    raise
                failure = error
        if self.on_giving_up:
            self.on_giving_up(**ids)
        raise GivenUp(self.name) from failure


declared: dict[str, Job] = {}


def job(
    *, name: str, queue: str, lock: str = "", on_giving_up: Callable[..., None] | None = None
) -> Callable[[Callable[..., None]], Job]:
    """Declare a function of an app's tasks.py as a job. `lock` may name its arguments: "upload-{upload_id}"."""

    def declare(function: Callable[..., None]) -> Job:
        made = Job(name, queue, function, lock, on_giving_up)

        def run(context, **kept):
            made.attempt(kept, tried=context.job.attempts)

        _app.task(name=name, queue=queue, pass_context=True, retry=_Patience())(run)
        declared[name] = made
        return made

    return declare


def tries() -> int:
    return len(settings.JOB_PAUSES) + 1


class _Patience(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job) -> RetryDecision | None:
        if isinstance(exception, GivenUp):
            return None
        pause = settings.JOB_PAUSES[min(job.attempts, len(settings.JOB_PAUSES) - 1)]
        return RetryDecision(retry_in={"seconds": pause})


def run_waiting() -> Counter[str]:
    """Do here and now, on this connection, whatever is due, until nothing waits: how many jobs ended how.

    For tests, and where no worker runs. What fails is tried again without a pause.
    Raises what an app raised that was told that a job is given up.
    """
    ended = Counter()
    worker = _ask("register_worker")[0]["worker_id"]
    while (row := _ask("fetch_job", queues=None, worker_id=worker)[0])["id"]:
        if end := _end_of(row):
            _ask("finish_job", job_id=row["id"], status=end, delete_job=end == "succeeded")
            ended[end] += 1
        else:
            _try_again(row["id"])
    _ask("unregister_worker", worker_id=worker)
    return ended


def _end_of(row: dict) -> str:
    """How a try ended the job; '' where there is another try."""
    try:
        declared[row["task_name"]].attempt(json.loads(row["args"]), tried=row["attempts"])
    except GivenUp:
        return "failed"
    except Exception:
        if row["attempts"] + 1 >= tries():
            raise
        return ""
    return "succeeded"


def take_up_stalled(me: int = 0) -> None:
    """Let what dead workers were doing be done by others; `me` is a worker that asks, and is not dead.

    One looks at a time, so that nothing is taken from a worker that has just taken it up.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOOKING_FOR_STALLED])
        if not cursor.fetchone()[0]:
            return
        for row in _stalled():
            if row["worker_id"] is None or row["worker_id"] != me:
                log.warning("%s is taken up again: its worker is gone", row["task_name"])
                _try_again(row["id"])


def _stalled() -> list[dict]:
    return _ask(
        "select_stalled_jobs_by_heartbeat",
        queue=None,
        task_name=None,
        seconds_since_heartbeat=settings.JOB_STALLED_AFTER,
    )


def _try_again(number: int) -> None:
    _ask("retry_job", job_id=number, retry_at=None, new_priority=None, new_queue_name=None, new_lock=None)


def _ask(question: str, **arguments) -> list[dict]:
    return _here.execute_query_all(query=sql.queries[question], **arguments)


def work() -> None:
    """Do what waits, one job at a time, until SIGTERM or Ctrl+C; the job in hand is finished. Raises EndedUnasked."""
    with _app.replace_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)):
        asyncio.run(_work())


async def _work() -> None:
    worker = Worker(
        _app,
        **_app.worker_defaults,
        concurrency=1,
        delete_jobs="successful",
        install_signal_handlers=False,
        fetch_job_polling_interval=settings.JOB_POLL,
        update_heartbeat_interval=settings.JOB_HEARTBEAT,
        stalled_worker_timeout=settings.JOB_STALLED_AFTER,
    )
    told = _heed(worker)
    async with _app.open_async(), asyncio.TaskGroup() as beside:
        await asyncio.to_thread(take_up_stalled)
        keeping = beside.create_task(_keep(worker))
        if not told.is_set():
            await worker.run()
        keeping.cancel()
    if not told.is_set():
        raise EndedUnasked


def _heed(worker: Worker) -> asyncio.Event:
    """Stop when told to, however often; and when it could not be written down how a job ended, which the next one finds."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell():
        told.set()
        worker.stop()

    def unheard(loop, context):
        loop.default_exception_handler(context)
        worker.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, tell)
    loop.set_exception_handler(unheard)
    return told


async def _keep(worker: Worker) -> None:
    """Look for stalled jobs, and show that we live: procrastinate's own heart stops when it is told to end, with a job in hand."""
    while True:
        await asyncio.sleep(settings.JOB_HEARTBEAT)
        if worker.worker_id:
            await _app.job_manager.update_heartbeat(worker.worker_id)
        await asyncio.to_thread(_look_again, worker.worker_id or 0)


def _look_again(me: int) -> None:
    close_old_connections()  # the server may have started anew since this thread last asked
    take_up_stalled(me)
