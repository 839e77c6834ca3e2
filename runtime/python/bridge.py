"""Stands between the loader and the estimator's door. One function, text in, bytes out.

It is the only thing in the archive that knows that it runs in a trimmed library: an import that finds nothing is
remembered, so that the loader can run the request again in the complete runtime even where the error was caught on the way.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors

import json
import sys

from estimator import entry

_missing: list[str] = []

# The complete library lies in an archive of its own, and an import that fails there would fail everywhere.
_COMPLETE = "/lib/estimator.zip" in sys.path


class _NotFound:
    """The last finder on the path: whoever asks it has asked all others."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        _missing.append(name)


def call(kind: str, payload: str) -> bytes:
    """Answer one request.

    In: the kind of request and its JSON text. Out: UTF-8, whose first character says what follows: ``=`` the answer's
    JSON text, ``?`` a JSON list of modules that this library lacks, ``!`` a JSON object on an exception.
    """
    _missing.clear()
    try:
        reply = "=" + entry.handle(kind, payload)
    except BaseException as error:  # SystemExit and KeyboardInterrupt must not end the interpreter either
        reply = "!" + json.dumps(_report(error))
    if _missing and not _COMPLETE:
        reply = "?" + json.dumps(_missing)
    return reply.encode("utf-8", "replace")


def _report(error: BaseException) -> dict[str, object]:
    """Say what happened and where, without the traceback module and the dozen others that it brings."""
    where = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        where.append(f"{code.co_filename}:{step.tb_lineno} {code.co_qualname}")
        step = step.tb_next
    # The middle of a runaway recursion says nothing that its ends do not.
    if len(where) > 20:
        where[10:-10] = ["..."]
    return {"type": type(error).__name__, "message": str(error), "traceback": where}


sys.meta_path.append(_NotFound)
