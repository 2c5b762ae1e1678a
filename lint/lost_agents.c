#include "lost_agents.h"

#include "unreached.h"
#include "vec.h"

static bool
is_release(const struct resource *resource)
{
	return resource_is(resource, FLUX_HELM_GROUP, STR("HelmRelease"))
		&& str_eq(ynode_str(ynode_at(resource->root, "spec", "chart", "spec", "chart", NULL)),
			STR("gitlab-agent"));
}

static bool
is_agent_source(const struct resource *resource)
{
	struct str url = ynode_str(ynode_at(resource->root, "spec", "url", NULL));
	while (str_ends(url, STR("/"))) {
		url.len--;
	}
	return resource_is(resource, FLUX_SOURCE_GROUP, STR("HelmRepository"))
		&& str_eq(url, STR("https://charts.gitlab.io"));
}

static bool
names_source(const struct resource *release, const struct resource *source)
{
	const struct ynode *reference = ynode_at(release->root, "spec", "chart", "spec", "sourceRef", NULL);
	struct str namespace = ynode_str(ynode_get(reference, STR("namespace")));
	return str_eq(ynode_str(ynode_get(reference, STR("name"))), source->name)
		&& str_eq(namespace.len > 0 ? namespace : release->namespace, source->namespace);
}

/* Does Flux apply a release that names the source? One that is lost as well has its own finding. */
static bool
is_needed(const struct repository *repository, const struct resource *source)
{
	bool needed = false;
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *other = &repository->resources->items[i];
		bool reached = flux_reaches(repository->flux, other->file) != NULL;
		if (is_release(other) && names_source(other, source)) {
			needed = needed || reached;
		}
		if (is_agent_source(other) && reached) {
			return false; /* after transformers it may be the one that is named */
		}
	}
	return needed;
}

/* The lost source that a lost release names, or NULL. */
static const struct resource *
lost_source(const struct unreached *unreached, const struct resource *release)
{
	const struct resources *resources = unreached->repository->resources;
	for (size_t i = 0; i < resources->len; i++) {
		const struct resource *source = &resources->items[i];
		if (is_agent_source(source) && names_source(release, source)
			&& unreached_is_lost(unreached, source->file)) {
			return source;
		}
	}
	return NULL;
}

static bool
has_agents(const struct resources *resources)
{
	for (size_t i = 0; i < resources->len; i++) {
		if (is_release(&resources->items[i]) || is_agent_source(&resources->items[i])) {
			return true;
		}
	}
	return false;
}

void
lost_agents_collect(struct arena *arena, const struct repository *repository, struct lost_agents *ret_lost)
{
	struct unreached unreached;
	*ret_lost = (struct lost_agents){ 0 };
	if (!has_agents(repository->resources) || !unreached_open(arena, repository, &unreached)) {
		return;
	}
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		bool is_wanted = is_release(resource)
			|| (is_agent_source(resource) && is_needed(repository, resource));
		if (is_wanted && unreached_is_lost(&unreached, resource->file)) {
			struct lost_agent lost = { .resource = resource };
			lost.source = is_release(resource) ? lost_source(&unreached, resource) : NULL;
			vec_push(arena, ret_lost, lost);
		}
	}
}

bool
lost_agents_hold(const struct lost_agents *lost, const struct file *file)
{
	for (size_t i = 0; i < lost->len; i++) {
		const struct resource *source = lost->items[i].source;
		if (lost->items[i].resource->file == file || (source && source->file == file)) {
			return true;
		}
	}
	return false;
}
