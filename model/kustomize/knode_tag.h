/* What a scalar is to go-yaml: shared by knode.c and knode_tag.c only. */
#ifndef GLAGENT_KUSTOMIZE_KNODE_TAG_H
#define GLAGENT_KUSTOMIZE_KNODE_TAG_H

#include "kustomize/knode.h"

enum ktag knode_tag_of(const struct ynode *scalar);
enum ktag knode_tag_of_plain(struct str text);

#endif
