/* Says of agent configurations what we would: "accepted FILE", "refused FILE", as the judge beside it does.
 */
#include "agentcfg.h"
#include "cron.h"
#include "fs.h"

static bool
is_refused(struct arena *arena, const struct agentcfg_schema *schema, const struct source *source)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ysyntax_error syntax;
	const struct ydoc *docs;
	if (!ytree_parse(arena, &scratch, source, 1, 0, &docs, &syntax) && !docs) {
		return true; /* behind the first document the server does not look */
	}
	return agentcfg_read(arena, schema, docs)->is_refused;
}

static void
judge_schedules(void)
{
	char line[1024];
	while (fgets(line, sizeof(line), stdin)) {
		struct str spec = str_from(line);
		spec.len -= str_ends(spec, STR("\n"));
		(void)printf("%s %.*s\n", cron_is_valid(spec) ? "accepted" : "refused", STR_ARG(spec));
	}
}

int
main(int argc, char **argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error;
	if (argc == 2 && strcmp(argv[1], "--cron") == 0) {
		judge_schedules();
		return 0;
	}
	const struct agentcfg_schema *schema = agentcfg_schema_new(&arena, &error);
	if (!schema) {
		(void)fprintf(stderr, "verdict: %s\n", error.text);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		struct arena CLEANUP(arena_release) own = { 0 };
		struct source source;
		if (!fs_read_named(&own, argv[i], &source, &error)) {
			(void)fprintf(stderr, "verdict: %s\n", error.text);
			return 2;
		}
		bool refused = is_refused(&own, schema, &source);
		(void)printf("%s %s\n", refused ? "refused" : "accepted", argv[i]);
	}
	agentcfg_schema_release(schema);
	return 0;
}
