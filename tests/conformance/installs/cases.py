"""What tests/conformance/installs/run asks Python for.

  cases.py make SEED COUNT FOLDER   makes repositories that install the agent's chart with random values: FOLDER/NUMBER has a
                                    script or a HelmRelease, FOLDER/NUMBER.args what helm is to be given for the same
  cases.py judge FOLDER OURS        holds our values against those that helm had, in FOLDER/NUMBER.helm
"""

import json
import random
import shlex
import sys
from pathlib import Path

import yaml

KEYS = ("a", "b", "c", "config")
WORDS = ("x", "true", "TRUE", "false", "null", "Null", "nil", "0", "1", "-5", "007", "1.5", "1e3", "0x1F", "+3", "99999999999999999999",
         "9223372036854775807", "yes", "no", "on", "~", "", " x ", "é", "a b", "wss://kas.example.com/-/k/", "[]", "{}", "x=y", "a#b")
SPELLINGS = ("yes", "No", "on", "y", "0x1F", "012", "0o12", "1_000", "1e3", ".5", "1.", ".inf", "2020-01-01", "~", "null", "Null", "",
             '"yes"', "'1'", "1:30", "0b11", "+1", "-0", "!!str 1", "!!int \"3\"", "|\n    text\n", ">-\n    a\n    b\n", "TRUE", "True")
SYNC = """apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {url: 'https://gitlab.example.com/platform/clusters.git'}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {path: clusters/prod, sourceRef: {kind: GitRepository, name: flux-system}}
"""
SOURCE = """apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: gitlab, namespace: agents}
spec: {url: 'https://charts.gitlab.io'}
"""


def value(r, depth=2):
    kind = r.randrange(8) if depth else r.randrange(5)
    if kind < 5:
        return r.choice(("x", "", "yes", 1, 0, -3, 1.5, True, False, None, "1", "é", 123456789012))
    if kind == 5:
        return [value(r, depth - 1) for _ in range(r.randrange(3))]
    return mapping(r, depth - 1)


def mapping(r, depth=2):
    return {key: value(r, depth) for key in r.sample(KEYS, r.randrange(4))}


def values_text(r):
    """A values file: what Python writes, or now and then with words that only some readers take for what they look like."""
    if r.randrange(20) == 0:
        return r.choice(("", "# nothing\n", "null\n", "{}\n", "---\na: 1\n"))
    if r.randrange(3) == 0:
        lines = [f"{key}: {r.choice(SPELLINGS)}".rstrip(" ") for key in r.sample(KEYS, 3)]
        return "\n".join(line.rstrip("\n") for line in lines) + "\n"
    return yaml.safe_dump(mapping(r, 3), allow_unicode=True, default_flow_style=r.choice((None, False)))


def path(r):
    steps = r.choice(KEYS)
    for _ in range(r.randrange(3)):
        steps += r.choice((f".{r.choice(KEYS)}", f".{r.choice(KEYS)}", f"[{r.randrange(3)}]", r"\.x"))
    return steps


def escaped(r, text):
    return text.replace("\\", "\\\\").replace(",", "\\,") if r.randrange(2) else text


def set_value(r):
    if r.randrange(4) == 0:
        return "{" + ",".join(r.choice(WORDS[:20]) for _ in range(r.randrange(3))) + "}"
    return escaped(r, r.choice(WORDS + ("a,b", "{a", "a}", "\\{a\\}", "a\\,b")))


def pairs(r):
    return ",".join(f"{path(r)}={set_value(r)}" for _ in range(1 + (r.randrange(3) == 0)))


def flag(r, home, number):
    kind = r.randrange(10)
    if kind < 3:
        (home / f"values-{number}.yaml").write_text(values_text(r))
        return ["-f", f"values-{number}.yaml"]
    if kind < 6:
        return ["--set", pairs(r)]
    if kind == 6:
        return ["--set-string", pairs(r)]
    if kind == 7:
        text = json.dumps(value(r, 3), ensure_ascii=r.randrange(2) == 0)
        if r.randrange(6) == 0:
            return ["--set-json", json.dumps(mapping(r))]
        return ["--set-json", f"{path(r)}={text}" + (f",{path(r)}=1" if r.randrange(6) == 0 else "")]
    if kind == 8:
        return ["--set-literal", f"{path(r)}={r.choice(WORDS + ('a,b', 'a=b', '{a}'))}"]
    (home / f"file-{number}.txt").write_text(r.choice(("text", "a,b\n", "")))
    return ["--set-file", f"{path(r)}=file-{number}.txt"]


def make_command(r, home):
    flags = [flag(r, home, number) for number in range(r.randrange(1, 6))]
    words = []
    for name, text in flags:
        words += [name, text] if r.randrange(3) or name == "-f" else [f"{name}={text}"]
    line = " ".join(word if word.startswith("-f") else shlex.quote(word) for word in words)
    (home / "install.sh").write_text(f"#!/bin/sh\nset -e\nhelm install agent gitlab/gitlab-agent {line}\n")
    return words


def make_release(r, home):
    cluster = home / "clusters" / "prod"
    (cluster / "flux-system").mkdir(parents=True)
    (cluster / "flux-system" / "gotk-sync.yaml").write_text(SYNC)
    (cluster / "gitlab.yaml").write_text(SOURCE)
    sources, words, targets = [], [], []
    for number in range(r.randrange(4)):
        text, name = values_text(r), f"map-{number}"
        (home / f"{name}.txt").write_text(text)
        key = r.choice((None, "other"))
        map_ = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "agents"}}
        style = r.choice(("|", '"', None))
        dumped = yaml.dump({"data": {key or "values.yaml": text}}, default_style=style, allow_unicode=True)
        (cluster / f"{name}.yaml").write_text(yaml.safe_dump(map_) + dumped)
        sources.append({"kind": "ConfigMap", "name": name, **({"valuesKey": key} if key else {})})
        words += ["-f", f"{name}.txt"]
    if r.randrange(4) == 0:
        target = r.choice(("config.token", "a", "b.c"))
        sources.append({"kind": "Secret", "name": "secret", "valuesKey": "k", "targetPath": target})
        targets.append(target)
    values = mapping(r, 3)
    spec = {"chart": {"spec": {"chart": "gitlab-agent", "version": "2.6.2", "sourceRef": {"kind": "HelmRepository", "name": "gitlab"}}},
            "interval": "1h", "values": values}
    if sources:
        spec["valuesFrom"] = sources
    release = {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"name": "agent", "namespace": "agents"}}
    (cluster / "agent.yaml").write_text(yaml.safe_dump({**release, "spec": spec}, allow_unicode=True))
    (home / "values.txt").write_text(json.dumps(values))
    # Flux lays what targetPath names where it stands in the list, as --set-string would; then come the values. Helm lays files
    # first, so the pair goes into a file.
    for number, target in enumerate(targets):
        nested = "secret"
        for key in reversed(target.split(".")):
            nested = {key: nested}
        (home / f"target-{number}.txt").write_text(json.dumps(nested))
        words += ["-f", f"target-{number}.txt"]
    return words + ["-f", "values.txt"]


def make(seed, count, folder):
    for number in range(int(count)):
        r = random.Random(int(seed) * 1000003 + number)
        home = Path(folder, str(number))
        home.mkdir(parents=True)
        words = make_release(r, home) if number % 3 == 0 else make_command(r, home)
        Path(folder, f"{number}.args").write_text("".join(word + "\0" for word in words))


def is_unknown(value_):
    return isinstance(value_, str) and "${" in value_


class Difference(Exception):
    pass


class Judge:
    """One install: raises where we are wrong, counts what is known and what is not."""

    def __init__(self, is_open):
        self.is_open, self.known, self.open = is_open, 0, 0

    def leaf(self, ours, theirs, path):
        numbers = all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in (ours, theirs))
        if isinstance(ours, bool) != isinstance(theirs, bool) or (ours != theirs and not (numbers and float(ours) == float(theirs))):
            raise Difference(f"{path}: {json.dumps(ours)} is {json.dumps(theirs)} for helm")
        self.known += 1

    def node(self, ours, theirs, path):
        if is_unknown(ours):
            self.open += 1
        elif isinstance(ours, dict) and isinstance(theirs, dict):
            for key in {**ours, **theirs}:
                self.entry(ours, theirs, key, f"{path}/{key}")
        elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
            for number, (one, other) in enumerate(zip(ours, theirs)):
                self.node(one, other, f"{path}/{number}")
        else:
            self.leaf(ours, theirs, path)

    def entry(self, ours, theirs, key, path):
        if key in ours:
            # What helm leaves out is null.
            self.node(ours[key], theirs.get(key), path)
        elif self.is_open:
            self.open += 1
        elif theirs[key] is not None:
            raise Difference(f"{path}: helm has {json.dumps(theirs[key])}, and we have nothing")


def judge(folder, ours_path):
    ours = {}
    for line in Path(ours_path).read_text().splitlines():
        directory, state, text = line.split("\t", 2)
        ours.setdefault(Path(directory).name, []).append((state == "open", json.loads(text)))
    totals = dict.fromkeys(("installs", "whole", "known", "open", "refused", "missed", "apart"), 0)
    for home in sorted((path for path in Path(folder).iterdir() if path.is_dir()), key=lambda path: int(path.name)):
        rendered = Path(folder, f"{home.name}.helm")
        if not rendered.exists():
            totals["refused"] += 1
            continue
        theirs = json.loads(rendered.read_text().split("values: ", 1)[1].strip())
        if len(ours.get(home.name, ())) != 1:
            totals["missed"] += 1
            continue
        is_open, values = ours[home.name][0]
        judge_ = Judge(is_open)
        try:
            judge_.node(values, theirs, "")
        except Difference as difference:
            totals["apart"] += 1
            print(f"{home.name}: {difference}\n  {Path(folder, home.name + '.args').read_text().split(chr(0))[:-1]}")
        totals["installs"] += 1
        totals["whole"] += not is_open
        totals["known"] += judge_.known
        totals["open"] += judge_.open
    print(", ".join(f"{name}: {number}" for name, number in totals.items()))
    return 1 if totals["apart"] or totals["missed"] else 0


def main(verb, *arguments):
    return {"make": make, "judge": judge}[verb](*arguments) or 0


sys.exit(main(*sys.argv[1:]))
