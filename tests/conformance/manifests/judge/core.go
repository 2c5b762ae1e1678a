package main

import (
	"fmt"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	rbac "k8s.io/api/rbac/v1"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/yaml"
)

// A kind of Kubernetes' own: an empty value of its type, whether it lies in a namespace, what its name must be.
type kind struct {
	make       func() meta.Object
	namespaced bool
	name       func(string) []string
}

func segment(name string) []string { return path.IsValidPathSegmentName(name) }

var kinds = map[string]kind{
	"v1 Namespace":                 {func() meta.Object { return &core.Namespace{} }, false, validation.IsDNS1123Label},
	"v1 ServiceAccount":            {func() meta.Object { return &core.ServiceAccount{} }, true, validation.IsDNS1123Subdomain},
	"v1 ConfigMap":                 {func() meta.Object { return &core.ConfigMap{} }, true, validation.IsDNS1123Subdomain},
	"v1 Service":                   {func() meta.Object { return &core.Service{} }, true, validation.IsDNS1035Label},
	"apps/v1 Deployment":           {func() meta.Object { return &apps.Deployment{} }, true, validation.IsDNS1123Subdomain},
	rbacKind("ClusterRole"):        {func() meta.Object { return &rbac.ClusterRole{} }, false, segment},
	rbacKind("Role"):               {func() meta.Object { return &rbac.Role{} }, true, segment},
	rbacKind("RoleBinding"):        {func() meta.Object { return &rbac.RoleBinding{} }, true, segment},
	rbacKind("ClusterRoleBinding"): {func() meta.Object { return &rbac.ClusterRoleBinding{} }, false, segment},
}

func rbacKind(name string) string { return "rbac.authorization.k8s.io/v1 " + name }

// metadataFaults holds what every object needs: names, labels and annotations that the API takes.
func metadataFaults(o meta.Object, namespaced bool, name func(string) []string) []string {
	faults := name(o.GetName())
	if o.GetName() == "" {
		faults = append(faults, "no name")
	}
	if namespaced != (o.GetNamespace() != "") {
		faults = append(faults, fmt.Sprintf("namespace %q", o.GetNamespace()))
	}
	if namespaced {
		faults = append(faults, validation.IsDNS1123Label(o.GetNamespace())...)
	}
	at := field.NewPath("metadata")
	for _, err := range metavalidation.ValidateLabels(o.GetLabels(), at.Child("labels")) {
		faults = append(faults, err.Error())
	}
	for _, err := range apivalidation.ValidateAnnotations(o.GetAnnotations(), at.Child("annotations")) {
		faults = append(faults, err.Error())
	}
	return faults
}

// coreFaults says why Kubernetes would refuse an object of its own kinds; known is false for others' kinds.
func coreFaults(o object) (faults []string, known bool) {
	of, known := kinds[o.word("apiVersion")+" "+o.word("kind")]
	if !known {
		return nil, false
	}
	text, err := yaml.Marshal(o)
	fail(err)
	typed := of.make()
	if err := yaml.UnmarshalStrict(text, typed); err != nil {
		return []string{strings.ReplaceAll(err.Error(), "\n", " ")}, true
	}
	return metadataFaults(typed, of.namespaced, of.name), true
}
