/* `configurations` and `crds`: what they add to the fields that transformers change. */
#include "kustomize/loader.h"
#include "kustomize/transform.h"
#include "tojson.h"

static void
merge(struct site *site, const struct ynode *at, const struct config *config)
{
	const struct config *merged = config_merge(site->builder->arena, site->acc->config, config);
	if (merged) {
		site->acc->config = merged;
	} else {
		site_fail(site, FAULT_OTHER, at, STR("its field specifications conflict with others"));
	}
}

static void
read_configuration(struct site *site, const struct ynode *at)
{
	const struct file *file = site_load(site, at, ynode_str(at), "a configuration");
	if (!file) {
		site->acc->is_open = site->acc->is_open || !site_failed(site);
		return;
	}
	struct tojson_error error;
	const struct ynode *bad;
	struct str why;
	const struct ynode *root = file->is_yaml && file->state == FILE_TEXT && !file->syntax && file->docs
		? tojson(site->builder->arena, file->docs->root, &error)
		: NULL;
	if (!root) {
		site_leave(site, at, "a configuration was not read");
		site->acc->is_open = true;
		return;
	}
	const struct config *config = config_read(site->builder->arena, root, &bad, &why);
	if (config) {
		merge(site, at, config);
	} else {
		build_fail(site->build, FAULT_OTHER, file, bad, why);
	}
}

void
site_configure(struct site *site)
{
	const struct ynode *item = kustomization_items(site->layer->root, STR("configurations"));
	merge(site, item, site->builder->config);
	for (; item && !site_failed(site); item = item->next) {
		read_configuration(site, item);
	}
	item = kustomization_items(site->layer->root, STR("crds"));
	for (; item && !site_failed(site); item = item->next) {
		if (site_load(site, item, ynode_str(item), "a definition")) {
			site_leave(site, item, "definitions of crds are not modelled");
			site->acc->is_open = true;
		}
	}
}
