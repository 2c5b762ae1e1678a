#include "placed_installs.h"

#include "applied_finding.h"
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
