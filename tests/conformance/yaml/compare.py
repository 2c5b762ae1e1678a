"""Compares N.before with N.after in a folder as PyYAML reads them: tags after resolution, values, aliases written out."""

import sys
from pathlib import Path

import yaml

NULL = "tag:yaml.org,2002:null"
NODES_MAX = 20_000


class TooLarge(Exception):
    pass


def value_of(node, budget):
    budget[0] -= 1
    if budget[0] < 0:
        raise TooLarge
    if isinstance(node, yaml.ScalarNode):
        return (NULL,) if node.tag == NULL else (node.tag, node.value)
    if isinstance(node, yaml.SequenceNode):
        return node.tag, [value_of(item, budget) for item in node.value]
    return node.tag, [(value_of(key, budget), value_of(value, budget)) for key, value in node.value]


def read(path):
    text = path.read_bytes().decode("utf-8-sig")
    return [value_of(node, [NODES_MAX]) for node in yaml.compose_all(text, yaml.SafeLoader) if node]


def without_empty(documents):
    """An empty document and none at all are written alike."""
    return [document for document in documents if document != (NULL,)]


def main(folder):
    asked = different = 0
    for before in sorted(folder.glob("*.before"), key=lambda path: int(path.stem)):
        try:
            wanted = read(before)
        except (yaml.YAMLError, TooLarge, ValueError, RecursionError):
            continue  # PyYAML refuses what libyaml accepts
        asked += 1
        try:
            actual = read(before.with_suffix(".after"))
        except yaml.YAMLError as error:
            actual = str(error)
        if actual != wanted and (isinstance(actual, str) or without_empty(actual) != without_empty(wanted)):
            different += 1
            print(f"PyYAML reads another value after emission: {before.with_suffix('.name').read_text().strip()}")
            if isinstance(actual, str):
                print(actual)
    print(f"PyYAML: {asked} files read, {different} different")
    return 1 if different else 0


sys.exit(main(Path(sys.argv[1])))
