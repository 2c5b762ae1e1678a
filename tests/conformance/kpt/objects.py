"""What tests/conformance/kpt/run asks Python for.

  objects.py release VALUES            prints "RELEASE NAMESPACE", as the first comment of our values.yaml has them
  objects.py same PACKAGE RENDERED     holds the package's objects against those that helm printed, one by one
  objects.py spec VALUES RELEASE CA    prints a glagent.yaml that says what values for the chart say; a certificate goes to CA
  objects.py restated SPEC VERSION     prints the glagent.yaml with every agent on that chart; receptive ones left out
  objects.py agents SPEC               prints their names
  objects.py reset SETTERS             gives each setter of the file another value: texts that a reader would retype
  objects.py marked BEFORE AFTER       holds two packages against each other: all that is marked has changed, nothing else has
"""

import json
import re
import sys
from pathlib import Path

import yaml

# Beside the chart's objects: the package's own, and what output rbac renders.
EXTRAS = ("Kptfile", "setters.yaml", "namespace.yaml", "rbac.yaml")
CLUSTER_WIDE = ("ClusterRole", "ClusterRoleBinding", "Namespace")
# Labels by which Helm names itself.
OF_HELM = ("helm.sh/chart", "app.kubernetes.io/managed-by")


class Loader(yaml.SafeLoader):
    """PyYAML with numbers as Go reads them: 1e-07 is one, and 1:30 is none; and without dates, = and <<, which JSON has not."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith((":timestamp", ":int", ":float", ":value", ":merge"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int",
    re.compile(r"^[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$"),
    list("-+0123456789"),
)
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?$"),
    list("-+0123456789."),
)


def documents(text):
    return [document for document in yaml.load_all(text, Loader) if document]


def package(directory):
    files = [path for path in sorted(Path(directory).iterdir()) if path.name not in EXTRAS]
    return [document for path in files for document in documents(path.read_text())]


def without_labels_of_helm(labels):
    for key in OF_HELM:
        labels.pop(key, None)


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return value


def settle_nulls(pod):
    """In structs of the Kubernetes API a null, which some versions of Helm keep and others do not, is as good as nothing."""
    for part in (pod, *pod["containers"]):
        if "securityContext" in part:
            part["securityContext"] = without_nulls(part["securityContext"])
    resources = pod["containers"][0]["resources"]
    for key in ("limits", "requests"):
        if resources.get(key, 0) is None:
            del resources[key]


def by_identity(objects, namespace):
    """Each object under (kind, namespace, name), its namespace stated and Helm's own labels gone."""
    table = {}
    for item in objects:
        metadata = item["metadata"]
        if item["kind"] not in CLUSTER_WIDE:
            metadata.setdefault("namespace", namespace)
        without_labels_of_helm(metadata.get("labels", {}))
        pod = item.get("spec", {}).get("template", {}).get("metadata", {})
        without_labels_of_helm(pod.get("labels", {}))
        if item.get("data", {}) is None:
            del item["data"]
        if item["kind"] == "Deployment":
            settle_nulls(item["spec"]["template"]["spec"])
        key = (item["kind"], metadata.get("namespace"), metadata["name"])
        if key in table:
            sys.exit(f"two objects {key}")
        table[key] = item
    return table


def deployment(directory):
    return next(item for item in package(directory) if item["kind"] == "Deployment")


def release(values):
    print(*re.search(r'^# They belong to release "(.*)" in namespace "(.*)"\.$', Path(values).read_text(), re.M).groups())


def differences(ours, theirs, path=""):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}, key=str):
            if key not in ours or key not in theirs:
                yield f"{path}/{key}: only {'helm' if key in theirs else 'the package'} has it"
            else:
                yield from differences(ours[key], theirs[key], f"{path}/{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (one, other) in enumerate(zip(ours, theirs)):
            yield from differences(one, other, f"{path}/{number}")
    elif ours != theirs or isinstance(ours, bool) != isinstance(theirs, bool):
        yield f"{path}: {json.dumps(ours)} is {json.dumps(theirs)} from helm"


def same(directory, rendered):
    namespace = deployment(directory)["metadata"]["namespace"]
    ours = by_identity(package(directory), namespace)
    theirs = by_identity(documents(Path(rendered).read_text()), namespace)
    lines = list(differences({str(key): item for key, item in ours.items()},
                             {str(key): item for key, item in theirs.items()}))
    for line in lines:
        print(f"{directory}: {line}")
    print(f"{len(theirs)} objects")
    return 1 if lines else 0


def spec(values_path, release_path, ca_path):
    """Fields where the spec has them, everything else as values."""
    values = yaml.load(Path(values_path).read_text(), Loader) or {}
    where = yaml.load(Path(release_path).read_text(), Loader)
    config, rbac, account = values.get("config", {}), values.pop("rbac", {}), values.pop("serviceAccount", {})
    agent = {
        "name": "agent",
        "releaseName": where["release"],
        "namespace": where["namespace"],
        "chart": {"version": "2.6.2"},
        "install": {"method": "kpt"},
        "kas": {"address": config.pop("kasAddress")},
        "token": {"secretName": config.pop("secretName")},
        "features": {"ocs": config.pop("operational_container_scanning", {}).get("enabled", True)},
    }
    if "kasHeaders" in config:
        agent["kas"]["headers"] = config.pop("kasHeaders")
    if "kasCaCert" in config:
        Path(ca_path).write_text(config.pop("kasCaCert"))
        agent["kas"]["caCertFile"] = Path(ca_path).name
    if not rbac.get("create", True):
        agent["rbac"] = {"access": "none"}
    elif rbac.get("useExistingRole"):
        agent["rbac"] = {"access": "existing", "role": rbac["useExistingRole"]}
    else:
        agent["rbac"] = {"access": "cluster-admin"}
    if account:
        agent["serviceAccount"] = account
    if not config:
        values.pop("config", None)
    if values:
        agent["values"] = values
    head = {"apiVersion": "glagent.dev/v1alpha1", "kind": "AgentFleet"}
    print(json.dumps({**head, "spec": {"agents": [agent]}}, indent=1))


def agents_of(text):
    return [agent for agent in text["spec"]["agents"] if not agent.get("receptive")]


def restated(path, version):
    text = yaml.load(Path(path).read_text(), Loader)
    defaults = text["spec"].setdefault("defaults", {})
    defaults["chart"] = {"version": version}
    for agent in text["spec"]["agents"]:
        agent.pop("chart", None)
    text["spec"]["agents"] = agents_of(text)
    print(json.dumps(text, indent=1))


def agents(path):
    print("\n".join(agent["name"] for agent in agents_of(yaml.load(Path(path).read_text(), Loader))))


def reset(path):
    other = {
        "namespace": "123",
        "kas-address": "ws://kas.other.example.com:8150",
        "image-repository": "registry.other.example.com:5000/agentk",
        "image-tag": "1.10",
        "replicas": "7",
        "token-secret": "1e3",
    }
    lines = Path(path).read_text().splitlines()
    names = [re.fullmatch(r"  ([a-z-]+): .*", line) for line in lines]
    known = [name and name.group(1) in other for name in names]
    text = [f'  {name.group(1)}: "{other[name.group(1)]}"' if is_known else line
            for line, name, is_known in zip(lines, names, known)]
    Path(path).write_text("\n".join(text) + "\n")


def types(node):
    """The document with texts as "", so that only the kinds of values are left."""
    if isinstance(node, dict):
        return {key: types(value) for key, value in node.items()}
    return [types(item) for item in node] if isinstance(node, list) else type(node).__name__


def marked(before, after):
    status = count = 0
    for path in sorted(Path(before).iterdir()):
        other = Path(after, path.name)
        old, new = path.read_text().splitlines(), other.read_text().splitlines()
        wrong = [line for line, now in zip(old, new) if (line != now) != (" # kpt-set: " in line)]
        kinds = [types(document) for document in documents(path.read_text())]
        if path.name == "setters.yaml":
            continue
        if wrong or len(old) != len(new) or kinds != [types(document) for document in documents(other.read_text())]:
            print(f"{path}: changed otherwise than marked: {wrong[:3]}")
            status = 1
        count += sum(" # kpt-set: " in line for line in old)
    print(f"{count} fields")
    return status


def main(verb, *arguments):
    verbs = (release, same, spec, restated, agents, reset, marked)
    return {function.__name__: function for function in verbs}[verb](*arguments) or 0


sys.exit(main(*sys.argv[1:]))
