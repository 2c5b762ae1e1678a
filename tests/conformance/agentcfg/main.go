// Says of agent configurations what the agent server would: accepted or refused.
//
// The path of a file is the server's own: sigs.k8s.io/yaml to JSON, protojson with default options into the
// configuration message, then the message's validation rules. The message is built at run time from agentcfg.proto
// beside this program, or from another file with -proto, for instance the agent's own pkg/agentcfg/agentcfg.proto.
//
//	judge [-proto FILE] [-message NAME] FILE...    prints "accepted FILE" or "refused FILE: reason" for each
//	judge -mutate DIR -number N -count N FILE...   writes mutants of the files instead
//	judge -cron SPEC...                            says of schedules what robfig/cron's ParseStandard does
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/robfig/cron/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/dynamicpb"
	"sigs.k8s.io/yaml"
)

func judge(config *message, text []byte) error {
	json, err := yaml.YAMLToJSON(text)
	if err != nil {
		return fmt.Errorf("YAMLToJSON: %w", err)
	}
	if bytes.Equal(json, []byte("null")) {
		return nil // the server takes a blank file for an empty configuration
	}
	read := dynamicpb.NewMessage(config.descriptor)
	if err := protojson.Unmarshal(json, read); err != nil {
		return fmt.Errorf("protojson.Unmarshal: %w", err)
	}
	return config.validate(read)
}

func judgeFiles(config *message, paths []string) error {
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := judge(config, text); err != nil {
			fmt.Printf("refused %s: %s\n", path, strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Printf("accepted %s\n", path)
		}
	}
	return nil
}

// The parser panics at a time zone without anything behind it.
func judgeSchedule(spec string) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	_, err = cron.ParseStandard(spec)
	return err
}

func judgeSchedules(specs []string) {
	for _, spec := range specs {
		if err := judgeSchedule(spec); err != nil {
			fmt.Printf("refused %q: %v\n", spec, err)
		} else {
			fmt.Printf("accepted %q\n", spec)
		}
	}
}

func main() {
	proto := flag.String("proto", "", "the message's file")
	name := flag.String("message", "ConfigurationFile", "the message")
	mutants := flag.String("mutate", "", "where mutants go")
	number := flag.Uint64("number", 1, "what the mutants are made from")
	count := flag.Int("count", 2000, "how many mutants")
	schedules := flag.Bool("cron", false, "arguments are schedules")
	flag.Parse()
	err := error(nil)
	switch {
	case *schedules:
		judgeSchedules(flag.Args())
	case *mutants != "":
		err = mutate(*mutants, *number, *count, flag.Args())
	default:
		var config *message
		if config, err = load(*proto, *name); err == nil {
			err = judgeFiles(config, flag.Args())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(2)
	}
}
