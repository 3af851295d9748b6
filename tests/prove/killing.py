"""Kill the server with -9 again and again while applications are handed in.

None that was answered with a receipt may be lost, none may be half-written, and none may get a
second registration number. `python -m tests.prove.killing` on an empty database; the counts are
written as JSON, and the exit code says whether the proof holds.
"""

import json
import os
import random
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.urls import reverse  # noqa: E402

from grants.models import Application  # noqa: E402
from portal.core.models import Mail  # noqa: E402
from tests.prove import cast  # noqa: E402
from tests.prove.server import HOST, Server  # noqa: E402

COUNT = int(os.environ.get("PROVE_COUNT", "1000"))
KILLS = int(os.environ.get("PROVE_KILLS", "20"))
CLIENTS = 8
NUMBER = re.compile(r"KUN \d{4}-\d{5}")


class Applicants:
    """Hand in every draft, and ask again until there is an answer; keep what was answered."""

    def __init__(self, server: Server, drafts: list[tuple[int, str]]):
        self.server, self.drafts = server, drafts
        self.receipts: dict[int, str] = {}
        self.unanswered = 0

    def hand_in_all(self) -> None:
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(self.hand_in, self.drafts))

    def hand_in(self, draft: tuple[int, str]) -> None:
        key, session = draft
        while key not in self.receipts:
            try:
                status, body = self.ask("POST", reverse("review_application", args=[key]), session)
                if status == 302:
                    status, body = self.ask("GET", reverse("receipt", args=[key]), session)
                found = NUMBER.search(body)
                if status in (200, 409) and found:
                    self.receipts[key] = found[0]
                elif status < 500:
                    raise SystemExit(f"Application {key} was answered {status}.")
            except (OSError, HTTPException):
                self.unanswered += 1
                time.sleep(0.05)

    def ask(self, method: str, path: str, session: str) -> tuple[int, str]:
        token = "a" * 32
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Length": "0",
        }
        asked = HTTPConnection(HOST, self.server.port, timeout=30)
        try:
            asked.request(method, path, headers=headers)
            answer = asked.getresponse()
            return answer.status, answer.read().decode()
        finally:
            asked.close()


def kill_again_and_again(server: Server, applicants: Applicants) -> None:
    """So that the kills are spread over all of the handing in."""
    chance = random.Random(20)  # noqa: S311
    for number in range(KILLS):
        while len(applicants.receipts) < COUNT * number // (KILLS + 1):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.4))
        server.kill()
        server.start()


def found(receipts: dict[int, str]) -> dict[str, int]:
    """What is in the database, against what was answered."""
    stored = {one.pk: one for one in Application.objects.select_related("case")}
    mails = Mail.objects.filter(subject__regex=NUMBER.pattern).values_list("subject", flat=True)
    numbers = sorted(one.case.serial for one in stored.values() if one.case.serial)
    versions = dict(
        Application.objects.annotate(many=Count("submissions")).values_list("pk", "many")
    )
    return {
        "answered with a receipt": len(receipts),
        "lost": sum(stored[key].state != "submitted" for key in receipts),
        "other number than the receipt's": sum(
            stored[key].case.number != number for key, number in receipts.items()
        ),
        "half-written": sum(_is_half(one, versions[key]) for key, one in stored.items()),
        "numbers twice or left out": COUNT - len(set(numbers) & set(range(1, COUNT + 1))),
        "receipts by mail too many or too few": abs(len(mails) - COUNT),
    }


def _is_half(application: Application, versions: int) -> bool:
    parts = (
        application.state == "submitted",
        application.submitted_at is not None,
        application.case.number is not None,
        versions == 1,
    )
    return any(parts) != all(parts)


def main() -> int:
    directory = settings.VAR_DIR / "proofs"
    directory.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    drafts = cast.drafts(cast.open_call(), COUNT)
    connection.close()
    begun = time.monotonic()
    server = Server(directory / "server.log")
    applicants = Applicants(server, drafts)
    killer = threading.Thread(target=kill_again_and_again, args=(server, applicants), daemon=True)
    killer.start()
    applicants.hand_in_all()
    killer.join()
    server.stop()
    counts = found(applicants.receipts)
    wrong = {what: count for what, count in list(counts.items())[1:] if count}
    holds = not wrong and counts["answered with a receipt"] == COUNT and server.kills == KILLS
    report = {
        "proof": "kill -9 while applications are handed in",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": urlsplit(os.environ["DATABASE_URL"]).scheme,
        "kills": server.kills,
        "requests without an answer": applicants.unanswered,
        "seconds": round(time.monotonic() - begun),
        **counts,
        "holds": holds,
    }
    write(directory, report)
    return 0 if holds else 1


def write(directory: Path, report: dict) -> None:
    text = json.dumps(report, indent=2, ensure_ascii=False)
    day = report["at"][:10]
    (directory / f"{day}-killing-{report['database']}.json").write_text(text + "\n", "utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
