package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	crds "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	names "k8s.io/apimachinery/pkg/util/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// What the API server knows of one version of a custom resource.
type custom struct {
	shape      *structural.Structural
	validator  validation.SchemaValidator
	rules      *cel.Validator
	namespaced bool
}

// A release of Flux (or the CRDs of others, version "-"): its custom resources by "GROUP/VERSION KIND".
type flux struct {
	version string
	customs map[string]custom
}

func (f *flux) add(file string) {
	for _, d := range documents(file) {
		if d.word("kind") != "CustomResourceDefinition" {
			continue
		}
		var outer crds.CustomResourceDefinition
		fail(yaml.Unmarshal(d.text, &outer))
		for _, version := range outer.Spec.Versions {
			if version.Served {
				f.customs[outer.Spec.Group+"/"+version.Name+" "+outer.Spec.Names.Kind] = newCustom(&outer, &version)
			}
		}
	}
}

func newCustom(of *crds.CustomResourceDefinition, version *crds.CustomResourceDefinitionVersion) custom {
	var inner apiextensions.CustomResourceValidation
	fail(crds.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, &inner, nil))
	shape, err := structural.NewStructural(inner.OpenAPIV3Schema)
	fail(err)
	validator, _, err := validation.NewSchemaValidator(inner.OpenAPIV3Schema)
	fail(err)
	return custom{shape, validator, cel.NewValidator(shape, true, celconfig.PerCallLimit), of.Spec.Scope == crds.NamespaceScoped}
}

// faults does what the API server does with a new object: unknown fields are an error, as they are to server-side apply.
func (c custom) faults(given object) []string {
	o := runtime.DeepCopyJSON(widened(given).(map[string]any))
	found := []string{}
	tracked := structural.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(o, c.shape, true, tracked) {
		found = append(found, "unknown field "+path)
	}
	defaulting.Default(o, c.shape)
	errors := validation.ValidateCustomResource(nil, o, c.validator)
	errors = append(errors, listtype.ValidateListSetsAndMaps(nil, c.shape, o)...)
	if len(errors) == 0 && c.rules != nil {
		broken, _ := c.rules.Validate(context.Background(), nil, c.shape, o, nil, celconfig.RuntimeCELCostBudget)
		errors = append(errors, broken...)
	}
	for _, err := range errors {
		found = append(found, err.Error())
	}
	return append(found, metadataFaults(&unstructured.Unstructured{Object: o}, c.namespaced, names.IsDNS1123Subdomain)...)
}

// widened makes the numbers of JSON those of Kubernetes' objects.
func widened(value any) any {
	switch v := value.(type) {
	case object:
		return widened(map[string]any(v))
	case map[string]any:
		for key, item := range v {
			v[key] = widened(item)
		}
	case []any:
		for i, item := range v {
			v[i] = widened(item)
		}
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
	}
	return value
}

// readFluxes reads "VERSION FILE" lines to releases, in their order.
func readFluxes(list string) []*flux {
	file, err := os.Open(list)
	fail(err)
	defer file.Close()
	var found []*flux
	for lines := bufio.NewScanner(file); lines.Scan(); {
		version, path, _ := strings.Cut(lines.Text(), " ")
		at := slices.IndexFunc(found, func(f *flux) bool { return f.version == version })
		if at < 0 {
			at = len(found)
			found = append(found, &flux{version, map[string]custom{}})
		}
		found[at].add(path)
	}
	return found
}

// older compares "2.3" and "2.10.1" as versions, as far as the shorter one goes. A word is older than nothing.
func older(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := 0; i < len(as) && i < len(bs); i++ {
		x, notX := strconv.Atoi(as[i])
		y, notY := strconv.Atoi(bs[i])
		if notX != nil || notY != nil {
			return false
		}
		if x != y {
			return x < y
		}
	}
	return false
}

var claim = regexp.MustCompile(`(?m)^# It needs Flux ([0-9.]+) or later\.$`)

func claimed(file string) string {
	text, err := os.ReadFile(file)
	fail(err)
	if match := claim.FindSubmatch(text); match != nil {
		return string(match[1])
	}
	return ""
}

// checkCustom asks every release about an object; false when none was to be asked.
func checkCustom(d document, fluxes []*flux) bool {
	of := d.word("apiVersion") + " " + d.word("kind")
	isFlux := strings.Contains(d.word("apiVersion"), ".toolkit.fluxcd.io/")
	least := claimed(d.file)
	if isFlux && least == "" {
		fault(d.file, "does not say which Flux it needs")
	}
	asked := false
	for _, f := range fluxes {
		if isFlux != (f.version != "-") {
			continue
		}
		c, known := f.customs[of]
		if !isFlux && !known {
			continue
		}
		asked = true
		found := []string{"serves no " + of}
		if known {
			found = c.faults(d.object)
		}
		if isFlux && older(f.version, least) {
			if len(found) == 0 {
				fault(d.file, "needs Flux %s, it says, but %s takes it", least, f.version)
			}
			continue
		}
		for _, why := range found {
			fault(d.file, "Flux %s: %s: %s", f.version, d.id(), why)
		}
	}
	return asked
}

func checkSchemas(all []build, fluxes []*flux) {
	seen := map[string]bool{}
	asked, unasked := map[string]int{}, map[string]int{}
	for _, b := range all {
		for _, d := range resources(b.directory) {
			if of := d.file + " " + d.id(); seen[of] {
				continue
			} else {
				seen[of] = true
			}
			if b.mode != "plain" {
				applied, err := substituted(d.object)
				if err != nil {
					continue // the question of others
				}
				d.object = applied
			}
			found, known := coreFaults(d.object)
			for _, why := range found {
				fault(d.file, "%s: %s", d.id(), why)
			}
			if known || checkCustom(d, fluxes) {
				asked[d.word("kind")]++
			} else {
				unasked[d.word("kind")]++
			}
		}
	}
	fmt.Printf("schemas: %s; %d faults\n", counted(asked), faults)
	fmt.Printf("schemas: Flux %s\n", strings.Join(versions(fluxes), " "))
	if len(unasked) > 0 {
		fmt.Printf("not asked, for their CRDs are not at hand: %s\n", counted(unasked))
	}
}

func versions(fluxes []*flux) []string {
	found := []string{}
	for _, f := range fluxes {
		if f.version != "-" {
			found = append(found, f.version)
		}
	}
	return found
}

func counted(counts map[string]int) string {
	words := []string{}
	for name, count := range counts {
		words = append(words, fmt.Sprintf("%d %s", count, name))
	}
	sort.Slice(words, func(i, j int) bool { return strings.Fields(words[i])[1] < strings.Fields(words[j])[1] })
	return strings.Join(words, ", ")
}
