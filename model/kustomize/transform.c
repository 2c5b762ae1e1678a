#include "kustomize/transform.h"

void
site_transform(struct site *site)
{
	static void (*const transformers[])(struct site *) = {
		transform_merge_patches,
		transform_patches,
		transform_namespace,
		transform_prefix,
		transform_suffix,
		transform_labels,
		transform_annotations,
		transform_json_patches,
		transform_replicas,
		transform_images,
		transform_replacements,
	};
	for (size_t i = 0; i < countof(transformers) && !site_failed(site); i++) {
		transformers[i](site);
		accumulator_drop_deleted(site->acc);
	}
}
