"""Serve both languages with live reload, on the first free port from 8000.

python tools/serve.py [port]
"""

import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def free_port(first: int) -> int:
    """The first port from `first` that nothing listens on."""
    for port in range(first, min(first + 50, 65536)):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)):
                return port
    sys.exit(f"serve: no free port from {first}; name another: python tools/serve.py 9000")


def main(arguments: list[str]) -> None:
    """Become MkDocs' server, which runs until it is interrupted."""
    if len(arguments) > 1 or not all(word.isdecimal() and 0 < int(word) < 65536 for word in arguments):
        sys.exit("Usage: python tools/serve.py [port]")
    address = f"{HOST}:{free_port(int(arguments[0]) if arguments else 8000)}"
    print(f"Chinese: http://{address}/   English: http://{address}/en/   (stop with Ctrl-C)", flush=True)
    os.chdir(ROOT)
    # Compiled files written while building would count as changes of hooks/ and rules/.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "DEV_ADDR": address}
    os.execve(sys.executable, [sys.executable, "-m", "mkdocs", "serve", "--livereload"], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
