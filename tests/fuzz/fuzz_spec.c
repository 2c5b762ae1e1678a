/* Specs: any text is read or refused with findings in the text; what is taken renders to YAML. */
#include "choose.h"
#include "fuzz.h"

static void
check_output(struct arena *arena, const struct spec *spec, const struct output *output)
{
	struct request request = { .output = output, .directory = "." };
	struct plan_agents agents = { 0 };
	struct plan plan = { 0 };
	struct error error = { { 0 } };
	if (!choose_agents(arena, spec, &request, &agents, &error)) {
		return;
	}
	must(plan_render(arena, spec, output, &agents, true, NULL, &plan, &error),
		"what is a good spec can be rendered");
	for (size_t i = 0; i < plan.len; i++) {
		bool is_yaml = str_ends(plan.items[i].path, STR(".yaml"));
		const struct ydoc *docs = is_yaml ? fuzz_parse(arena, plan.items[i].data, 0) : NULL;
		must(!is_yaml || docs || plan.items[i].data.ptr[plan.items[i].data.len - 1] == '\n',
			"what is rendered can be read");
		must(!str_starts(plan.items[i].path, STR("/")) && !str_starts(plan.items[i].path, STR("../")),
			"files stay below the output directory");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct source source = { STR("glagent.yaml"), { (const char *)data, size } };
	struct spec_input input = { &source, -1, false };
	struct sources sources = { 0 };
	struct findings findings = { .arena = &arena };
	const struct spec *spec = NULL;
	struct error error = { { 0 } };

	must(spec_read(&arena, &input, &sources, &findings, &spec, &error),
		"a text is no fault of the machine");
	findings_finish(&findings, &sources);
	must((spec == NULL) == (findings_count(&findings, SEVERITY_ERROR) > 0),
		"a spec is refused with an error");
	for (size_t i = 0; i < findings.len; i++) {
		must(findings.items[i]->source == 1 && findings.items[i]->span.end <= size,
			"a finding has a place");
	}
	for (const struct output *output = outputs; spec && output->name; output++) {
		if (output->files) {
			check_output(&arena, spec, output);
		}
	}
	return 0;
}
