"""An empty database beside the one that is named: made anew, or told by its address."""

import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

NAME = "proof"


def address(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{NAME}"))


def make_anew(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{NAME}"')


if __name__ == "__main__":
    if sys.argv[1] == "--name":
        sys.stdout.write(address(sys.argv[2]))
    else:
        make_anew(sys.argv[1])
