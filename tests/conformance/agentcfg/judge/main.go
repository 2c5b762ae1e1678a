// Says of agent configurations what the agent server would: accepted or refused.
//
// The path of a file is the server's own: sigs.k8s.io/yaml to JSON, protojson with default options into the
// configuration message, then the message's validation rules. The message is built at run time from agentcfg.proto
// beside this program, or from another file with -proto, for instance the agent's own pkg/agentcfg/agentcfg.proto.
//
//	judge [-proto FILE] [-message NAME] FILE...    prints "accepted FILE" or "refused FILE: reason" for each
//	judge -mutate DIR -number N -count N FILE...   writes mutants of the files instead
//	judge -schedules N -number N                   prints random schedules
//	judge -cron                                    says of each line what robfig/cron's ParseStandard says of it
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
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

// Which time zones there are is up to the machine: all count as one.
var zone = regexp.MustCompile(`^(CRON_)?TZ=[^ ]* `)

// The parser panics at a time zone without anything behind it.
func judgeSchedule(spec string) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	_, err = cron.ParseStandard(zone.ReplaceAllString(spec, "TZ=UTC "))
	return err
}

func judgeSchedules() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		verdict := "accepted"
		if judgeSchedule(lines.Text()) != nil {
			verdict = "refused"
		}
		fmt.Printf("%s %s\n", verdict, lines.Text())
	}
}

func main() {
	proto := flag.String("proto", "", "the message's file")
	name := flag.String("message", "ConfigurationFile", "the message")
	mutants := flag.String("mutate", "", "where mutants go")
	number := flag.Uint64("number", 1, "what the mutants are made from")
	count := flag.Int("count", 2000, "how many mutants")
	cron := flag.Bool("cron", false, "judge schedules")
	schedules := flag.Int("schedules", 0, "how many schedules to print")
	flag.Parse()
	err := error(nil)
	switch {
	case *cron:
		judgeSchedules()
	case *schedules > 0:
		printSchedules(*number, *schedules)
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
