"""What tests/conformance/kptfile/run asks Python for.

  cases.py kptfiles SEED COUNT FOLDER     makes packages whose Kptfiles are right, or nearly so
  cases.py judge FOLDER REPORT            holds the report of glagent-lint against kpt's, in FOLDER/NUMBER.kpt
  cases.py packages SEED COUNT FOLDER     makes packages with setters and marked fields
  cases.py set ORIGINAL SET FIXED REPORT  holds what apply-setters makes of them against what we say, and what our fixes make
"""

import json
import random
import sys
from pathlib import Path

import yaml

REFUSALS = ("can't be read", "has an unknown resource type", "Kptfile is invalid", "must have `metadata.name`",
            "has an old version", "index out of range")
IMAGES = ("set-labels:v0.1",) * 30 + ("set-labels", "set-labels:v0.2", "gcr.io/kpt-fn/set-labels:v0.2.0", "A.example.com/b/c", "localhost:5000/a",
          "a/b@sha256:" + "0f" * 32, "Set-labels", "a/B:v1", "a b", "a//b", "a/b:", "a/b:V1", "-a", "a_b/c-d.e", "é/a")
SCALARS = ("x", 5, True, None, 1.5, "", "2020-01-01", "a b")


class Random(random.Random):
    def rarely(self, one_in=40):
        return self.randrange(one_in) == 0


def text(r):
    if r.rarely():
        return r.choice(([], {}, ["a"], {"a": "b"}))
    return r.choice(SCALARS)


def texts(r):
    return text(r) if r.rarely() else [text(r) for _ in range(r.randrange(3))]


def text_map(r):
    return text(r) if r.rarely() else {key: text(r) for key in r.sample("abc", r.randrange(3))}


def fields(r, **made):
    """A mapping of some of the fields, now and then with a misspelt one."""
    chosen = {key: make(r) for key, make in made.items() if r.randrange(2)}
    if chosen and r.rarely():
        key = r.choice(list(chosen))
        chosen[r.choice((key.upper(), key + "s", key[1:], key.capitalize()))] = chosen.pop(key)
    if r.rarely(100):
        return r.choice((None, [], "x", ""))
    return chosen


def objects(make):
    return lambda r: text(r) if r.rarely(60) else [make(r) for _ in range(r.randrange(3))]


def selector(r):
    return fields(r, apiVersion=text, kind=text, name=text, namespace=text, labels=text_map, annotations=text_map)


def function(r):
    made = fields(r, name=text, selectors=objects(selector), exclude=objects(selector))
    if isinstance(made, dict):
        made["image"] = r.choice(IMAGES) if not r.rarely(6) else text(r)
        if r.rarely(5):
            made["configMap"] = text_map(r)
        elif r.rarely(4):
            made["configPath"] = r.choice(("cm.yaml",) * 10 + ("./cm.yaml", "gone.yaml", "../cm.yaml", "/cm.yaml", "plain.yaml", "two.yaml",
                                           "", " ", None, "sub/../cm.yaml", "nameless.yaml", "empty.yaml"))
            if r.rarely(10):
                made["configMap"] = {"a": "b"}
        if r.rarely():
            made["exec"] = "cat"
        if r.rarely(20):
            del made["image"]
    return made


def git(r):
    return fields(r, repo=text, directory=text, ref=text)


def kptfile(r):
    made = fields(
        r,
        upstream=lambda r: fields(r, type=text, git=git, updateStrategy=text),
        upstreamLock=lambda r: fields(r, type=text, git=lambda r: fields(r, repo=text, directory=text, ref=text, commit=text)),
        info=lambda r: fields(r, site=text, emails=texts, license=text, licenseFile=text, description=text, keywords=texts, man=text,
                              readinessGates=objects(lambda r: fields(r, conditionType=text))),
        pipeline=lambda r: fields(r, mutators=objects(function), validators=objects(function)),
        inventory=lambda r: fields(r, namespace=text, name=text, inventoryID=text, labels=text_map, annotations=text_map),
        status=lambda r: fields(r, conditions=objects(lambda r: fields(r, type=text, status=text, reason=text, message=text))),
    )
    made = made if isinstance(made, dict) else {}
    made["metadata"] = fields(r, namespace=text, labels=text_map, annotations=text_map)
    if isinstance(made["metadata"], dict) and not r.rarely():
        made["metadata"]["name"] = r.choice(("a", 5, True, "Not valid"))
    head = {"apiVersion": "kpt.dev/v1", "kind": "Kptfile"}
    if r.rarely(30):
        head["apiVersion"] = r.choice(("kpt.dev/v2", "v1", None, "kpt.dev/V1"))
    if r.rarely(30):
        head["kind"] = r.choice(("KptFile", None, "ConfigMap"))
    return {**head, **made}


def doubled(r, lines):
    """One line of the file twice; its indent makes it the same key of the same mapping, or a block of it."""
    at = r.randrange(len(lines))
    return lines[: at + 1] + lines[at:]


def kptfiles(seed, count, folder):
    for number in range(int(count)):
        r = Random(int(seed) * 100000 + number)
        home = Path(folder, str(number))
        home.mkdir(parents=True)
        written = yaml.safe_dump(kptfile(r), sort_keys=False, allow_unicode=True).splitlines()
        if r.rarely(15):
            again = doubled(r, written)
            try:
                yaml.compose("\n".join(again))
                written = again
            except yaml.YAMLError:
                pass
        (home / "Kptfile").write_text("\n".join(written) + "\n")
        config = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
        (home / "cm.yaml").write_text(config)
        (home / "empty.yaml").write_text("# nothing\n")
        (home / "two.yaml").write_text(config + "---\n" + config)
        (home / ".krmignore").write_text("plain.yaml\nnameless.yaml\nempty.yaml\n")
        (home / "plain.yaml").write_text("a: b\n")
        (home / "nameless.yaml").write_text("apiVersion: v1\nkind: ConfigMap\n")


def findings(report):
    return json.loads(Path(report).read_text())["findings"]


def judge(folder, report):
    ours = {}
    for finding in findings(report):
        if finding["code"] in ("KP001", "KP003"):
            ours.setdefault(finding["path"].split("/")[0], []).append(finding["message"])
    refused = accepted = wrong = 0
    for said in sorted(Path(folder).glob("*.kpt")):
        theirs = said.read_text()
        is_refused = any(refusal in theirs for refusal in REFUSALS)
        refused, accepted = refused + is_refused, accepted + (not is_refused)
        if is_refused != (said.stem in ours):
            wrong += 1
            print(f"{said.stem}: kpt says {theirs.strip()!r}, we say {ours.get(said.stem)}")
    print(f"refused by both: {refused}, accepted by both: {accepted}, apart: {wrong}")
    return 1 if wrong else 0


WORDS = ("a", "b-1", "v1.10", "3", "true", "wss://kas.example.com/-/k/", "a:b", "x y", "", "null", "--kas-address=b", "é", "'", "1e3")


def spelled(r, word):
    quotes = ["", '"', "'"]
    if word in ("", "x y", "null", "é") or word.startswith("-"):
        quotes.remove("")
    if "'" in word:
        quotes = ['"']
    quote = r.choice(quotes)
    return quote + word + quote


def pattern(r, names):
    parts = [r.choice(("${" + r.choice(names) + "}", "a", ":", "-x.", "${gone}" if r.rarely(6) else "b")) for _ in range(r.randrange(1, 4))]
    return "".join(parts)


def field(r, number, names, setters):
    marker = pattern(r, names)
    value = r.choice(WORDS)
    if r.randrange(2):
        value = marker
        for name, text in setters.items():
            value = value.replace("${" + name + "}", text.strip())
        if "${" in value or value[:1] in (":", "-", " ") or ": " in value or value.endswith(":"):
            value = "a"
    comment = r.choice((" # kpt-set: ", " # kpt-set: ", "  # kpt-set: ", " # kpt-set:", " #kpt-set: ")) if r.rarely(8) else " # kpt-set: "
    return f"  k{number}: {spelled(r, value)}{comment}{marker}\n"


def packages(seed, count, folder):
    for number in range(int(count)):
        r = Random(int(seed) * 100000 + number)
        home = Path(folder, str(number))
        home.mkdir(parents=True)
        names = ["one", "two", "three", "list"]
        setters = {name: r.choice(WORDS) for name in names if not r.rarely(4)}
        if "list" in setters:
            setters["list"] = r.choice(("[a, b]", "- a\n- b\n", "", "[]", "- c\n"))
        pipeline = {"mutators": [{"image": "gcr.io/kpt-fn/apply-setters:v0.2.0", "configPath": "setters.yaml"}]}
        head = {"apiVersion": "kpt.dev/v1", "kind": "Kptfile", "metadata": {"name": "a"}}
        (home / "Kptfile").write_text(yaml.safe_dump({**head, "pipeline": pipeline}, sort_keys=False))
        config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "setters"}, "data": setters}
        (home / "setters.yaml").write_text(yaml.safe_dump(config, sort_keys=False))
        lines = [field(r, at, names[:3], setters) for at in range(r.randrange(1, 6))]
        if r.randrange(2):
            lines.append(field_of_list(r, len(lines)))
        body = "".join(lines) or "  k: v\n"
        (home / "object.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: object\ndata:\n" + body)


def field_of_list(r, number):
    items = [r.choice(("a", "b", "c")) for _ in range(r.randrange(1, 3))]
    if r.randrange(2):
        return f"  k{number}: [{', '.join(items)}] # kpt-set: ${{list}}\n"
    return f"  k{number}: # kpt-set: ${{list}}\n" + "".join(f"    - {item}\n" for item in items)


def data_of(folder, number, loader=yaml.BaseLoader):
    return yaml.load(Path(folder, number, "object.yaml").read_text(), loader)["data"]


def line_keys(path):
    """The key that each line of the file belongs to."""
    key, keys = None, []
    for line in Path(path).read_text().splitlines():
        key = line.split(":")[0].strip() if line.startswith("  k") else key
        keys.append(key)
    return keys


def set_(original, made, fixed, report):
    said = {}
    for finding in findings(report):
        if finding["code"] == "KP006" and ("not what the setter" in finding["message"]):
            number, name = finding["path"].split("/")
            key = line_keys(Path(original, number, name))[finding["range"]["start"]["line"] - 1]
            said.setdefault(number, set()).add(key)
    changed = kept = open_ = mended = ended = wrong = 0
    for home in sorted(Path(original).iterdir(), key=lambda path: int(path.name)):
        if Path(made, home.name + ".ended").exists():
            ended += 1
            if home.name in said:
                wrong += 1
                print(f"{home}: the function ends with an error, and we say that it changes {said[home.name]}")
            continue
        before, after = data_of(original, home.name), data_of(made, home.name)
        ours, marked = data_of(fixed, home.name, yaml.SafeLoader), data_of(made, home.name, yaml.SafeLoader)
        for key, value in before.items():
            is_changed, is_said = value != after[key], key in said.get(home.name, ())
            if is_said and not is_changed:
                wrong += 1
                print(f"{home}: {key}: we say it changes, and it stays {value!r}")
            elif is_changed and not is_said:
                open_ += 1
            changed, kept = changed + (is_changed and is_said), kept + (not is_changed)
            if is_said and data_of(fixed, home.name)[key] != value:
                mended += 1
                if ours[key] != marked[key] or type(ours[key]) is not type(marked[key]):
                    wrong += 1
                    print(f"{home}: {key}: {marked[key]!r} of apply-setters, {ours[key]!r} of our fix")
    print(f"changed as we say: {changed}, kept: {kept}, changed and left open by us: {open_}, mended alike: {mended}, "
          f"packages in which the function ends: {ended}, apart: {wrong}")
    return 1 if wrong else 0


def main(verb, *arguments):
    verbs = {"kptfiles": kptfiles, "judge": judge, "packages": packages, "set": set_}
    return verbs[verb](*arguments) or 0


sys.exit(main(*sys.argv[1:]))
