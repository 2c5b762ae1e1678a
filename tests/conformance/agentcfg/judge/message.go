package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"slices"

	"github.com/bufbuild/protocompile"
	"github.com/envoyproxy/protoc-gen-validate/validate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	_ "google.golang.org/protobuf/types/known/structpb"
)

//go:embed agentcfg.proto
var ownProto []byte

type message struct {
	descriptor protoreflect.MessageDescriptor
}

// Compiles the file. JSON names become the field names: the agent's file says so field by field.
func load(path, name string) (*message, error) {
	text := ownProto
	if path != "" {
		var err error
		if text, err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	imports := protocompile.ResolverFunc(func(name string) (protocompile.SearchResult, error) {
		if name == "config.proto" {
			return protocompile.SearchResult{Source: bytes.NewReader(text)}, nil
		}
		found, err := protoregistry.GlobalFiles.FindFileByPath(name)
		return protocompile.SearchResult{Desc: found}, err
	})
	compiler := protocompile.Compiler{Resolver: protocompile.WithStandardImports(imports)}
	files, err := compiler.Compile(context.Background(), "config.proto")
	if err != nil {
		return nil, err
	}
	file := protodesc.ToFileDescriptorProto(files[0])
	if err := useFieldNames(file.MessageType); err != nil {
		return nil, err
	}
	built, err := protodesc.NewFile(file, protoregistry.GlobalFiles)
	if err != nil {
		return nil, err
	}
	found := built.Messages().ByName(protoreflect.Name(name))
	if found == nil {
		return nil, fmt.Errorf("%s: no message %s", path, name)
	}
	return &message{found}, nil
}

func useFieldNames(messages []*descriptorpb.DescriptorProto) error {
	for _, message := range messages {
		for _, field := range message.Field {
			field.JsonName = proto.String(field.GetName())
			if err := reread(field.Options); err != nil {
				return err
			}
		}
		for _, oneof := range message.OneofDecl {
			if err := reread(oneof.Options); err != nil {
				return err
			}
		}
		if err := useFieldNames(message.NestedType); err != nil {
			return err
		}
	}
	return nil
}

// The compiler has options as dynamic messages; this makes them those of package validate.
func reread(options proto.Message) error {
	if !options.ProtoReflect().IsValid() {
		return nil
	}
	encoded, err := proto.Marshal(options)
	if err != nil {
		return err
	}
	return proto.Unmarshal(encoded, options)
}

// What the generated ValidateAll does, for the rules that the file uses; another rule is an error of this program.
func (m *message) validate(read protoreflect.Message) error {
	fields := read.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		rules, _ := proto.GetExtension(field.Options(), validate.E_Rules).(*validate.FieldRules)
		if err := m.validateField(read, field, rules); err != nil {
			return fmt.Errorf("invalid %s: %w", field.FullName(), err)
		}
	}
	oneofs := read.Descriptor().Oneofs()
	for i := range oneofs.Len() {
		required, _ := proto.GetExtension(oneofs.Get(i).Options(), validate.E_Required).(bool)
		if required && read.WhichOneof(oneofs.Get(i)) == nil {
			return fmt.Errorf("invalid %s: value is required", oneofs.Get(i).FullName())
		}
	}
	return nil
}

func (m *message) validateField(
	read protoreflect.Message, field protoreflect.FieldDescriptor, rules *validate.FieldRules,
) error {
	if field.HasPresence() && !read.Has(field) {
		return nil
	}
	value := read.Get(field)
	switch {
	case field.IsMap():
		return nil
	case field.IsList():
		list := value.List()
		repeated := rules.GetRepeated()
		if uint64(list.Len()) < repeated.GetMinItems() {
			return fmt.Errorf("value must contain at least %d item(s)", repeated.GetMinItems())
		}
		for i := range list.Len() {
			if err := m.validateValue(field, list.Get(i), repeated.GetItems()); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return nil
	}
	return m.validateValue(field, value, rules)
}

func (m *message) validateValue(
	field protoreflect.FieldDescriptor, value protoreflect.Value, rules *validate.FieldRules,
) error {
	switch {
	case field.Message() != nil:
		return m.validateMessage(value.Message(), rules)
	case field.Kind() == protoreflect.StringKind:
		return validateString(value.String(), rules.GetString_())
	case rules != nil:
		return fmt.Errorf("this program does not know the rule %v", rules)
	}
	return nil
}

func (m *message) validateMessage(value protoreflect.Message, rules *validate.FieldRules) error {
	switch value.Descriptor().FullName() {
	case "google.protobuf.Duration":
		return validateDuration(value, rules.GetDuration())
	case "google.protobuf.Value":
		kind := value.WhichOneof(value.Descriptor().Oneofs().Get(0))
		if kind != nil && kind.Message() != nil {
			return fmt.Errorf("value must be a scalar")
		}
		return nil
	case "google.protobuf.Struct", "google.protobuf.ListValue":
		return nil
	}
	return m.validate(value)
}

func validateString(text string, rules *validate.StringRules) error {
	if uint64(len(text)) < rules.GetMinBytes() {
		return fmt.Errorf("value length must be at least %d bytes", rules.GetMinBytes())
	}
	if len(rules.GetIn()) > 0 && !slices.Contains(rules.GetIn(), text) {
		return fmt.Errorf("value must be in list %v", rules.GetIn())
	}
	return nil
}

func validateDuration(duration protoreflect.Message, rules *validate.DurationRules) error {
	fields := duration.Descriptor().Fields()
	seconds := duration.Get(fields.ByName("seconds")).Int()
	nanos := duration.Get(fields.ByName("nanos")).Int()
	if rules.GetGt() != nil && seconds <= 0 && nanos <= 0 {
		return fmt.Errorf("value must be greater than 0s")
	}
	return nil
}
