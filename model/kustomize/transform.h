/* What a kustomization does to the objects that it gathered: one file a transformer. */
#ifndef GLAGENT_KUSTOMIZE_TRANSFORM_H
#define GLAGENT_KUSTOMIZE_TRANSFORM_H

#include "kustomize/builder.h"

/* All of them, in kustomize's own order (kusttarget_configplugin.go), until one fails. */
void site_transform(struct site *site);

/* Each reads its field of site->layer->root; a failure is in the build. */
void transform_merge_patches(struct site *site);
void transform_patches(struct site *site);
void transform_namespace(struct site *site);
void transform_prefix(struct site *site);
void transform_suffix(struct site *site);
void transform_labels(struct site *site);
void transform_annotations(struct site *site);
void transform_json_patches(struct site *site);
void transform_replicas(struct site *site);
void transform_images(struct site *site);
void transform_replacements(struct site *site);

/* ConfigMaps and Secrets, before the transformers. */
void site_generate(struct site *site);

/* `configurations` and `crds`. */
void site_configure(struct site *site);

/* `vars`, behind the transformers. */
void site_add_vars(struct site *site);

/* The steps of site_finish. */
void finish_hashes(struct site *site);
void finish_references(struct site *site);
void finish_vars(struct site *site);
void finish_order(struct site *site);

#endif
