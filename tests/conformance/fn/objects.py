#!/usr/bin/env python3
"""Objects on both sides of a KRM function.

    objects.py stamp SPEC OUTPUT FILE       the spec as a functionConfig that asks for OUTPUT
    objects.py generator SPEC FOLDER        a kustomization in FOLDER with the spec as a generator that runs ./fn
    objects.py same EXPECTED ACTUAL WHAT    fails when the objects of the two files or folders differ: those of EXPECTED
                                            against those of ACTUAL that are not the package's own
"""

import re
import sys
from pathlib import Path

import yaml

FILED = ("config.kubernetes.io/", "internal.config.kubernetes.io/", "config.k8s.io/")


def documents(path):
    files = [path] if path.is_file() else sorted(path.rglob("*.yaml"))
    for file in files:
        for document in yaml.safe_load_all(file.read_text()):
            if document:
                yield document


def undated(value):
    """kustomize writes a text that looks like a date, in a list of whatever a function returns, as one with a time."""
    if isinstance(value, dict):
        return {key: undated(item) for key, item in value.items()}
    if isinstance(value, list):
        return [undated(item) for item in value]
    return re.sub(r"^(\d{4}-\d\d-\d\d)T00:00:00Z$", r"\1", value) if isinstance(value, str) else value


def cleaned(document):
    """Without where it is filed; an empty map of annotations is none."""
    metadata = document.get("metadata", {})
    annotations = metadata.get("annotations") or {}
    kept = {key: value for key, value in annotations.items() if not key.startswith(FILED)}
    metadata.pop("annotations", None)
    if kept:
        metadata["annotations"] = kept
    return document


def objects(path):
    found = {}
    for document in documents(path):
        metadata = document.get("metadata", {})
        is_own = document["kind"] == "Kustomization" and document["apiVersion"].startswith("kustomize.config")
        if is_own or metadata.get("name") in ("own", "package"):
            continue
        key = (document["apiVersion"], document["kind"], metadata.get("namespace"), metadata.get("name"))
        if key in found:
            sys.exit(f"{path}: {key} twice")
        found[key] = undated(cleaned(document))
    return found


def stamp(spec, output, file):
    document = yaml.safe_load(Path(spec).read_text())
    metadata = document.setdefault("metadata", {}) or {}
    document["metadata"] = metadata
    metadata.setdefault("name", "fleet")
    metadata["annotations"] = {**(metadata.get("annotations") or {}), "glagent.dev/output": output}
    Path(file).write_text(yaml.safe_dump(document, sort_keys=False))


def generator(spec, folder):
    document = yaml.safe_load(Path(spec).read_text())
    document["metadata"]["annotations"]["config.kubernetes.io/function"] = "exec:\n  path: ./fn\n"
    document["metadata"]["annotations"].pop("config.kubernetes.io/local-config", None)
    (Path(folder) / "fleet.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    (Path(folder) / "kustomization.yaml").write_text("generators: [fleet.yaml]\n")


def same(expected, actual, what):
    ours, theirs = objects(Path(expected)), objects(Path(actual))
    if ours != theirs:
        for key in sorted(set(ours) | set(theirs), key=str):
            if ours.get(key) != theirs.get(key):
                print(f"{what}: {key}\n  printed: {ours.get(key)}\n  written: {theirs.get(key)}")
        sys.exit(1)


{"stamp": stamp, "generator": generator, "same": same}[sys.argv[1]](*sys.argv[2:])
