"""same.py NAME OURS RENDERED: the values as we type them (JSON) against what helm printed (values: JSON)."""

import json
import re
import sys
from pathlib import Path


def without_nulls(value):
    """A null that overrides nothing: helm keeps it or not, depending on how deep it stands."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def main(name, ours, rendered):
    wanted = without_nulls(json.loads(Path(ours).read_text()))
    actual = without_nulls(json.loads(re.search(r"^values: (.*)$", Path(rendered).read_text(), re.M).group(1)))
    if actual == wanted:
        return 0
    print(f"{name}: helm read other values\n  ours: {json.dumps(wanted)}\n  helm: {json.dumps(actual)}")
    return 1


sys.exit(main(*sys.argv[1:]))
