"""Compiles the frozen modules anew, in Pyodide under Node: /in/frozen.json to /out/codes.json, both with code in hexadecimal, as long as it was.

The sources are those of the library; getpath, whose source is not in it, keeps its code and loses its lines.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors
# ruff: noqa: PTH123

import io
import json
import marshal
import zipfile

PATHS = {
    "_frozen_importlib": "importlib/_bootstrap.py",
    "_frozen_importlib_external": "importlib/_bootstrap_external.py",
}


def without_lines(code):
    """Return code that does not know its lines."""
    constants = tuple(without_lines(each) if isinstance(each, type(code)) else each for each in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"")


codes = {}
library = zipfile.ZipFile("/lib/python314.zip")
with open("/in/frozen.json") as file:
    for name, wanted, old in json.load(file):
        place = io.BytesIO(bytes.fromhex(old))
        code = marshal.load(place)
        if not wanted:
            # No source knows this name, so the import fails, and is noticed.
            source = f"__import__('frozen {name}')"
        elif name == "getpath":
            source = None
        else:
            source = library.read(PATHS.get(name, f"{name}.py"))
        if source is not None:
            code = compile(source, code.co_filename, "exec", dont_inherit=True, optimize=2)
        new = marshal.dumps(without_lines(code))
        # What comes after the old code, if anything does, is not the code's and stays.
        codes[name] = new.ljust(place.tell(), b"\0").hex()
with open("/out/codes.json", "w") as out:
    json.dump(codes, out)
