package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	yaml "go.yaml.in/yaml/v3"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
)

// One version of one CustomResourceDefinition.
type definition struct {
	apiVersion, kind string
	schema           *structuralschema.Structural
	validator        validation.SchemaValidator
	rules            *cel.Validator
	converter        managedfields.TypeConverter
}

type definitions struct {
	all []*definition
}

// The documents of a file as kustomize passes them on: YAML 1.2 words, JSON numbers.
func documents(path string) ([]map[string]any, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var found []map[string]any
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var document any
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		text, err := json.Marshal(document)
		if err != nil {
			return nil, err
		}
		var object map[string]any
		if err := utiljson.Unmarshal(text, &object); err == nil && object != nil {
			found = append(found, object)
		}
	}
}

func (d *definitions) load(path string) error {
	found, err := documents(path)
	for _, document := range found {
		if document["kind"] == "CustomResourceDefinition" && document["apiVersion"] == "apiextensions.k8s.io/v1" {
			if err := d.add(document); err != nil {
				return err
			}
		}
	}
	return err
}

func (d *definitions) add(document map[string]any) error {
	var crd apiextensionsv1.CustomResourceDefinition
	text, _ := json.Marshal(document)
	if err := json.Unmarshal(text, &crd); err != nil {
		return err
	}
	for _, version := range crd.Spec.Versions {
		if version.Schema == nil || version.Schema.OpenAPIV3Schema == nil {
			continue
		}
		if d.find(crd.Spec.Group+"/"+version.Name, crd.Spec.Names.Kind) != nil {
			continue
		}
		made, err := newDefinition(&crd, version)
		if err != nil {
			return fmt.Errorf("%s %s: %w", crd.Name, version.Name, err)
		}
		d.all = append(d.all, made)
	}
	return nil
}

func newDefinition(crd *apiextensionsv1.CustomResourceDefinition, version apiextensionsv1.CustomResourceDefinitionVersion) (*definition, error) {
	internal := &apiextensions.CustomResourceValidation{}
	if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, internal, nil); err != nil {
		return nil, err
	}
	schema, err := structuralschema.NewStructural(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	if err := defaulting.PruneDefaults(schema); err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	published, err := builder.BuildOpenAPIV3(crd, version.Name, builder.Options{})
	if err != nil {
		return nil, err
	}
	converter, err := managedfields.NewTypeConverter(published.Components.Schemas, crd.Spec.PreserveUnknownFields)
	if err != nil {
		return nil, err
	}
	return &definition{
		apiVersion: crd.Spec.Group + "/" + version.Name,
		kind:       crd.Spec.Names.Kind,
		schema:     schema,
		validator:  validator,
		rules:      cel.NewValidator(schema, true, celconfig.PerCallLimit),
		converter:  converter,
	}, nil
}

func (d *definitions) find(apiVersion, kind string) *definition {
	for _, known := range d.all {
		if known.apiVersion == apiVersion && known.kind == kind {
			return known
		}
	}
	return nil
}

func (d *definitions) judge(path string) ([]string, error) {
	found, err := documents(path)
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("one object is expected: %w", err)
	}
	object := found[0]
	apiVersion, _ := object["apiVersion"].(string)
	kind, _ := object["kind"].(string)
	known := d.find(apiVersion, kind)
	if known == nil {
		return nil, fmt.Errorf("no definition of %s %s", apiVersion, kind)
	}
	delete(object, "status")
	return append(known.type_(object), known.validate(object)...), nil
}

// What typing refuses: fields that are not declared, and what is of another type.
func (d *definition) type_(object map[string]any) (faults []string) {
	_, err := d.converter.ObjectToTyped(&unstructured.Unstructured{Object: object})
	var each typed.ValidationErrors
	if errors.As(err, &each) {
		for _, fault := range each {
			faults = append(faults, fault.Error())
		}
	} else if err != nil {
		faults = append(faults, "(typing): "+err.Error())
	}
	return faults
}

func isBlocking(errs field.ErrorList) bool {
	for _, err := range errs {
		switch err.Type {
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			return true
		}
	}
	return false
}

func (d *definition) validate(object map[string]any) (faults []string) {
	metadata := object["metadata"]
	pruning.Prune(object, d.schema, true)
	object["metadata"] = metadata
	defaulting.PruneNonNullableNullsWithoutDefaults(object, d.schema)
	defaulting.Default(object, d.schema)
	errs := validation.ValidateCustomResource(nil, object, d.validator)
	errs = append(errs, objectmeta.Validate(nil, object, d.schema, false)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, d.schema, object)...)
	if d.rules != nil && !isBlocking(errs) {
		broken, _ := d.rules.Validate(context.Background(), nil, d.schema, object, nil, celconfig.RuntimeCELCostBudget)
		errs = append(errs, broken...)
	}
	for _, err := range errs {
		faults = append(faults, err.Error())
	}
	return faults
}
