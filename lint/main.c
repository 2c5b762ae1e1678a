#include "base.h"
#include "lint_commands.h"

struct verb {
	const char *name;
	int (*run)(int argc, const char *const *argv);
};

static const struct verb verbs[] = { { "check", command_check }, { "rules", command_rules },
	{ "explain", command_explain }, { "graph", command_graph } };

int
main(int argc, char **argv)
{
	const char *const *arguments = (const char *const *)argv;
	for (size_t i = 0; argc > 1 && i < countof(verbs); i++) {
		if (strcmp(argv[1], verbs[i].name) == 0) {
			return verbs[i].run(argc - 2, arguments + 2);
		}
	}
	return command_check(argc > 0 ? argc - 1 : 0, arguments + 1);
}
