#include "engine.h"

#include "git_filter.h"
#include "kustomize/texts.h"
#include "lint.h"
#include "vec.h"

static void
join_slot(struct lint_run *run, const struct file *file, const struct slot *slot)
{
	for (size_t i = 0; i < slot->findings.len; i++) {
		vec_push(&run->analysis, &run->findings, slot->findings.items[i]);
	}
	for (size_t i = 0; i < slot->findings.hidden.len; i++) {
		const struct hidden_span *hidden = &slot->findings.hidden.items[i];
		findings_hide(&run->findings, hidden->source, hidden->span);
	}
	if (file->state == FILE_FAILED) {
		struct lint_failure failure = { arena_str(&run->analysis, str_from(slot->error.text)) };
		vec_push(&run->analysis, &run->failures, failure);
	}
}

static bool
read_files(struct lint_run *run, int root_fd, const struct lint_options *options, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	run->snapshot_count = options->jobs;
	run->snapshots = arena_new_n(&run->analysis, struct arena, options->jobs);
	struct reading_job job = {
		.files = &run->files,
		.items = run->files.items,
		.slots = arena_new_n(&scratch, struct slot, run->files.len),
		.root_fd = root_fd,
		.selected = options->selected,
		.snapshots = run->snapshots,
		.workers = options->jobs,
	};
	if (!workers_run(&job, reterr)) {
		return false;
	}
	for (size_t i = 0; i < run->files.len; i++) {
		join_slot(run, &run->files.items[i], &job.slots[i]);
	}
	return true;
}

/* What generators and patches read is needed whole, whatever it is. */
static bool
read_texts(struct lint_run *run, int root_fd, struct error *reterr)
{
	struct texts texts;
	kustomization_texts(&run->analysis, &run->files, &texts);
	for (size_t i = 0; i < texts.len; i++) {
		if (!files_keep(&run->files, &run->files.items[texts.items[i]], root_fd, &run->analysis,
			    reterr)) {
			return false;
		}
	}
	return true;
}

static void
build_models(struct lint_run *run)
{
	struct arena *arena = &run->analysis;
	resources_collect(arena, &run->files, &run->resources);
	agents_collect(arena, &run->files, run->agentcfg_schema, &run->agents);
	run->repository = (struct repository){
		.files = &run->files,
		.sources = &run->sources,
		.resources = &run->resources,
		.agents = &run->agents,
		.flux = flux_model(arena, &run->files, &run->resources),
		.listed = repository_listed(arena, &run->files),
		.kustomizations = kustomizations_collect(arena, &run->files, &run->resources),
	};
	run->repository.clusters = clusters_collect(arena, run->repository.flux, &run->resources,
		run->repository.kustomizations, run->repository.listed);
	run->repository.installs =
		installs_collect(arena, &run->files, &run->resources, run->repository.clusters);
	run->repository.refusals =
		refusals_collect(arena, run->repository.flux, run->repository.kustomizations);
}

/* Several unread patches may lie between a document and what the cluster gets; then nothing is said of it,
 * nor of what Flux is told to leave alone. */
static bool
is_as_applied(const struct applied *applied)
{
	return !applied->object->may_differ && !flux_is_left_alone(applied->object->node)
		&& applied->by->build->result != BUILD_FAILS && flux_is_sure(applied->by);
}

static void
check_objects(struct lint *lint, const struct clusters *clusters)
{
	for (size_t i = 0; i < clusters->items.len; i++) {
		const struct cluster *cluster = &clusters->items.items[i];
		for (size_t j = 0; j < cluster->objects.len; j++) {
			const struct applied *applied = &cluster->objects.items[j];
			if (is_as_applied(applied)) {
				lint->rule->check_applied(lint, applied);
			}
		}
	}
	for (size_t i = 0; i < clusters->loose.len; i++) {
		const struct applied *applied = &clusters->loose.items[i];
		if (!flux_is_left_alone(applied->object->node)) {
			lint->rule->check_applied(lint, applied);
		}
	}
}

static void
run_rule(struct lint *lint)
{
	const struct rule *rule = lint->rule;
	const struct repository *repository = lint->repository;
	for (size_t i = 0; rule->check_resource && i < repository->resources->len; i++) {
		rule->check_resource(lint, &repository->resources->items[i]);
	}
	for (size_t i = 0; rule->check_agent && i < repository->agents->len; i++) {
		rule->check_agent(lint, &repository->agents->items[i]);
	}
	if (rule->check_applied) {
		check_objects(lint, repository->clusters);
	}
	for (size_t i = 0; rule->check_install && i < repository->installs->items.len; i++) {
		rule->check_install(lint, &repository->installs->items.items[i]);
	}
	if (rule->check_repository) {
		rule->check_repository(lint, repository);
	}
}

static void
run_rules(struct lint_run *run, const bool *selected)
{
	for (size_t i = 0; i < rule_count; i++) {
		if (selected ? selected[i] : !rule_table[i]->is_strict) {
			struct lint lint = { .rule = rule_table[i],
				.findings = &run->findings,
				.arena = &run->analysis,
				.repository = &run->repository };
			run_rule(&lint);
		}
	}
}

static void
hide_values(struct findings *findings, const struct ynode *data)
{
	data = ynode_follow(data);
	for (const struct ynode *key = ynode_is(data, YNODE_MAPPING) ? data->first : NULL; key;
		key = key->next->next) {
		const struct ynode *value = ynode_follow(key->next);
		if (value->kind == YNODE_SCALAR && value->source != 0) {
			findings_hide(findings, value->source, value->span);
		}
	}
}

/* Whichever rule quotes a line of it: a Secret's values are not shown. */
static void
hide_secrets(struct lint_run *run)
{
	for (size_t i = 0; i < run->resources.len; i++) {
		const struct resource *resource = &run->resources.items[i];
		if (resource_is(resource, STR(""), STR("Secret"))) {
			hide_values(&run->findings, ynode_get(resource->root, STR("data")));
			hide_values(&run->findings, ynode_get(resource->root, STR("stringData")));
		}
	}
}

static void
hide_value(struct findings *findings, const struct install *install, struct str path)
{
	struct value value = install_value(install, path);
	if (value.state == VALUE_SET && value.node->source != 0) {
		findings_hide(findings, value.node->source, value.node->span);
	}
}

/* Nor is what installs of the agent say in places for secrets: a token there need not look like one. */
static void
hide_install_secrets(struct lint_run *run)
{
	const struct installs *installs = run->repository.installs;
	for (size_t i = 0; i < installs->items.len; i++) {
		hide_value(&run->findings, &installs->items.items[i], STR("config.token"));
		hide_value(&run->findings, &installs->items.items[i], STR("token"));
	}
	for (size_t i = 0; i < installs->secrets.len; i++) {
		const struct strvals_word *word = &installs->secrets.items[i];
		findings_hide(&run->findings, word->source, word->span);
	}
}

/* What a command installs the agent with has a reader as well. */
static enum reading
reading_for(const struct repository *repository, const struct rule *rule, const struct file *file)
{
	bool is_read = rule->any_file
		|| (rule->check_install && installs_read(repository->installs, file->source.path));
	return is_read ? READING_SURELY : repository_reading(repository, file);
}

/* A file that nobody reads gets the rules for any file only; one that may be unread gets no errors. */
static void
judge_by_reading(struct lint_run *run)
{
	size_t kept = 0;
	for (size_t i = 0; i < run->findings.len; i++) {
		struct finding *finding = run->findings.items[i];
		const struct file *file = &run->files.items[finding->source - 1];
		enum reading reading = reading_for(&run->repository, rule_find(finding->code), file);
		if (reading == READING_NEVER) {
			continue;
		}
		if (reading == READING_MAYBE && finding->severity == SEVERITY_ERROR) {
			finding->severity = SEVERITY_WARNING;
		}
		run->findings.items[kept++] = finding;
	}
	run->findings.len = kept;
}

static bool
walk(struct lint_run *run, int root_fd, struct fs_entries *ret_entries, struct error *reterr)
{
	struct git_filter CLEANUP(git_filter_release) git = { 0 };
	struct fs_filter filter = { git_filter_skips, &git };
	bool has_git = git_filter_open(&git, root_fd);
	return fs_walk_filtered(&run->analysis, root_fd, has_git ? &filter : NULL, ret_entries, reterr);
}

bool
lint_run(struct lint_run *run, int root_fd, const struct lint_options *options, struct error *reterr)
{
	struct fs_entries entries;
	*run = (struct lint_run){ 0 };
	run->findings.arena = &run->analysis;
	run->agentcfg_schema = agentcfg_schema_new(&run->analysis, reterr);
	if (!run->agentcfg_schema || !walk(run, root_fd, &entries, reterr)) {
		return false;
	}
	files_list(&run->analysis, &entries, &run->files, &run->sources);
	run->files.instead = options->instead;
	if (!read_files(run, root_fd, options, reterr) || !read_texts(run, root_fd, reterr)) {
		return false;
	}
	build_models(run);
	run_rules(run, options->selected);
	judge_by_reading(run);
	hide_secrets(run);
	hide_install_secrets(run);
	findings_finish(&run->findings, &run->sources);
	return true;
}

void
lint_run_release(struct lint_run *run)
{
	for (unsigned i = 0; i < run->snapshot_count; i++) {
		arena_release(&run->snapshots[i]);
	}
	if (run->agentcfg_schema) {
		agentcfg_schema_release(run->agentcfg_schema);
	}
	arena_release(&run->analysis);
}

const struct rule *
rule_find(struct str code_or_name)
{
	for (size_t i = 0; i < rule_count; i++) {
		if (str_eq_nocase(code_or_name, str_from(rule_table[i]->code))
			|| str_eq(code_or_name, str_from(rule_table[i]->name))) {
			return rule_table[i];
		}
	}
	return NULL;
}
