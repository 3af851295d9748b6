"""How log lines are written. Links that open without an account are secrets: no line holds one."""

import json
import logging
import re

# What stands between two strokes of an address and is longer than any slug is a link's secret.
_SECRET = re.compile(r"(?<=/)[\w:%.~-]{51,}")


def without_links(text: str) -> str:
    return _SECRET.sub("…", text)


class PlainFormatter(logging.Formatter):
    def format(self, record):
        return without_links(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for log collectors."""

    def format(self, record):
        entry = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": without_links(record.getMessage()),
        }
        if record.exc_info:
            entry["exception"] = without_links(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
