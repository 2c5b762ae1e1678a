#include "placed_installs.h"

#include "applied_finding.h"
#include "aside.h"
#include "names.h"
#include "versions.h"

static bool
is_placed(const struct install *install)
{
	const struct applied *applied = install->applied;
	return applied && applied->cluster && !applied->object->may_be_renamed
		&& !applied_is_suspended(applied) && !flux_is_suspended(applied->by)
		&& !applied_spec(applied, "kubeConfig") && install->release.len > 0
		&& install->namespace.len > 0;
}

bool
installs_share_cluster(const struct install *first, const struct install *second)
{
	return first->applied->cluster == second->applied->cluster;
}

/* Two Kustomizations may apply one object. */
static bool
is_same_object(const struct install *first, const struct install *second)
{
	const struct identity *one = &first->applied->object->id, *other = &second->applied->object->id;
	return installs_share_cluster(first, second) && str_eq(one->namespace, other->namespace)
		&& str_eq(one->name, other->name);
}

static bool
is_repeated(const struct installs *installs, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (is_placed(&installs->items.items[i])
			&& is_same_object(&installs->items.items[i], &installs->items.items[at])) {
			return true;
		}
	}
	return false;
}

void
each_two_installs(struct lint *lint, const struct repository *repository,
	bool (*check)(struct lint *, const struct install *first, const struct install *second))
{
	const struct installs *installs = repository->installs;
	for (size_t i = 1; i < installs->items.len; i++) {
		const struct install *second = &installs->items.items[i];
		bool is_done = !is_placed(second) || is_repeated(installs, i);
		for (size_t j = 0; j < i && !is_done; j++) {
			const struct install *first = &installs->items.items[j];
			is_done = is_placed(first) && !is_repeated(installs, j) && check(lint, first, second);
		}
	}
}

void
finish_two_installs(struct lint *lint, struct finding *finding, const struct install *first,
	const struct install *second, const struct ynode *place)
{
	const struct identity *id = &first->applied->object->id;
	lint_relate(lint, finding, install_place(first, NULL),
		"HelmRelease \"%.*s\" in \"%.*s\" is the other one", STR_ARG(id->name),
		STR_ARG(id->namespace));
	lint_install(lint, finding, second, place);
}

struct str
install_agent_version(const struct install *install)
{
	struct value tag = install_value(install, STR("image.tag"));
	if (tag.state == VALUE_SET) {
		return tag.text;
	}
	return tag.state == VALUE_OPEN ? STR("") : chart_agent_version(install->version);
}

const struct ynode *
install_version_place(struct lint *lint, const struct install *install)
{
	struct value tag = install_value(install, STR("image.tag"));
	struct release release;
	if (tag.state == VALUE_SET) {
		return install_place(install, tag.node);
	}
	if (install->applied && release_read(lint_arena(lint), install->applied, &release)) {
		return install_place(install, ynode_get(release.chart, STR("version")));
	}
	return install->at;
}

struct str
install_kas_host(const struct install *install)
{
	struct value address = install_value(install, STR("config.kasAddress"));
	struct url url;
	if (install_flag(install, STR("config.receptive.enabled"), false) != ANSWER_NO) {
		return STR("");
	}
	if (address.state == VALUE_ABSENT) {
		return STR("kas.gitlab.com");
	}
	return address.state == VALUE_SET && url_parse(address.text, &url) ? url.host : STR("");
}

struct str
install_agent_name(const struct install *install)
{
	const struct ynode *said = install->applied ? ynode_at(install->applied->object->node, "metadata",
					   "annotations", "glagent.dev/agent", NULL)
						    : NULL;
	return applied_is_plain(said) ? ynode_str(said) : STR("");
}

static const struct agent *
find_agent(const struct agents *agents, struct str name)
{
	for (size_t i = 0; i < agents->len; i++) {
		if (str_eq(agents->items[i].name, name)) {
			return &agents->items[i];
		}
	}
	return NULL;
}

static bool
holds(struct str text, struct str part)
{
	return part.len > 0 && str_find(text, part) < text.len;
}

/* A release is called after its agent, or after the chart; GitLab's own command calls the namespace
 * gitlab-agent-NAME. */
static bool
is_of_another(const struct install *install, struct str name)
{
	const struct str prefix = STR("gitlab-agent-");
	struct str release = install->release;
	bool is_common = str_eq(release, STR("gitlab-agent")) || str_eq(release, STR("agent"));
	bool is_of_it = is_common || holds(release, name) || holds(name, release);
	return !is_of_it
		|| (str_starts(install->namespace, prefix)
			&& !str_eq(str_skip(install->namespace, prefix.len), name));
}

/* Is it no example of a command? */
static bool
is_meant(const struct install *install)
{
	return !install->script || !path_is_shown(install->script->file->source.path);
}

const struct agent *
install_agent(const struct repository *repository, const struct install *install)
{
	const struct agents *agents = repository->agents;
	bool is_said = install->applied
		&& ynode_at(
			install->applied->object->node, "metadata", "annotations", "glagent.dev/agent", NULL);
	if (is_said) {
		return find_agent(agents, install_agent_name(install));
	}
	bool is_only = agents->len == 1 && repository->installs->items.len == 1 && install->release.len > 0
		&& is_meant(install);
	return is_only && !is_of_another(install, agents->items[0].name) ? &agents->items[0] : NULL;
}
