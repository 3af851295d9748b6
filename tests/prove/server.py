"""The portal's own server as a process that can be killed without warning, and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


class Server:
    def __init__(self, log: Path):
        self.log = log.open("ab")
        self.port = free_port()
        self.kills = 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{self.port}",
                   "--workers", "2", "--threads", "4", "--log-level", "warning"]  # fmt: skip
        self.process = subprocess.Popen(  # noqa: S603
            command, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        for _try in range(300):
            connection = HTTPConnection(HOST, self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.1)
            finally:
                connection.close()
        raise RuntimeError("The server does not answer; its log says why.")

    def kill(self) -> None:
        """Every process of it at once, in the middle of whatever it does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()
        self.log.close()
