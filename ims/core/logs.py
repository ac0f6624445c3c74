"""Logs carry no value that a person typed: tracebacks lose their exception texts, which may quote a row."""

import logging
import traceback


class WithoutValues(logging.Filter):
    """Replace an exception by its type and the places it passed: psycopg's messages quote what was sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            record.exc_text = "".join(traceback.format_tb(trace)) + kind.__name__
            record.exc_info = None
        return True
