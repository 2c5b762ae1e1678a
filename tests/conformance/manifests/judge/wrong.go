package main

import (
	"fmt"
	"strings"
)

const release = `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: a, namespace: flux-system}
spec:
  interval: 1h
  chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}}}
`

const role = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: a, namespace: b, labels: {c: d}}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
`

// A right object, what is replaced in it by what, and a word of the refusal; without a replacement it must be taken.
var wrongs = []struct{ text, old, new, why string }{
	{release, "", "", ""},
	{release, "interval: 1h", "interval: 1h\n  intervall: 1h", "unknown field spec.intervall"},
	{release, "chart: a,", "chart: a, releaseName: a,", "unknown field spec.chart.spec.releaseName"},
	{release, "interval: 1h", "interval: 1d", "spec.interval"},
	{release, "interval: 1h", "interval: 60", "spec.interval"},
	{release, "interval: 1h\n", "timeout: 1h\n", "spec.interval: Required"},
	{release, "interval: 1h", "interval: 1h\n  chartRef: {kind: OCIRepository, name: a}", "chart"},
	{release, "chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}}}", "suspend: false", "either chart or chartRef"},
	{release, "kind: HelmRepository", "kind: OCIRepository", "Unsupported value"},
	{release, "interval: 1h", "interval: 1h\n  releaseName: " + strings.Repeat("a", 54), "spec.releaseName"},
	{release, "interval: 1h", "interval: 1h\n  install: {remediation: {retries: '3'}}", "spec.install.remediation.retries"},
	{release, "name: a, namespace: flux-system", "name: A, namespace: flux-system", "RFC 1123"},
	{release, ", namespace: flux-system", "", "namespace"},
	{role, "", "", ""},
	{role, "rules:", "rulez:", "rulez"},
	{role, "verbs: [get]", "verbs: get", "verbs"},
	{role, "c: d", "c: d e", "labels"},
	{role, "namespace: b, ", "", "namespace"},
}

// checkWrong holds the newest release, and Kubernetes' types, against objects with one fault each.
func checkWrong(fluxes []*flux) {
	newest := fluxes[0]
	for _, f := range fluxes {
		if f.version != "-" && !older(f.version, newest.version) {
			newest = f
		}
	}
	for _, w := range wrongs {
		text := strings.Replace(w.text, w.old, w.new, 1)
		o, err := readYAML([]byte(text))
		fail(err)
		found, known := coreFaults(o)
		if !known {
			found = newest.customs[o.word("apiVersion")+" "+o.word("kind")].faults(o)
		}
		why := strings.Join(found, "; ")
		if (w.why == "") != (why == "") || !strings.Contains(why, w.why) {
			fault("the judge", "expected %q, got %q, of:%s", w.why, why, text)
		}
	}
	fmt.Printf("judge: %d objects with a fault each refused for it, %d not\n", len(wrongs)-2, faults)
}
