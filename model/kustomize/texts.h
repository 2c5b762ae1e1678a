/* Files that are no YAML but go into builds: sources of generators, patches of other names. */
#ifndef GLAGENT_KUSTOMIZE_TEXTS_H
#define GLAGENT_KUSTOMIZE_TEXTS_H

#include "files.h"

struct texts {
	size_t *items; /* indices of files->items, each once */
	size_t len, cap;
};

/* The regular text files that kustomization files name, alone or behind "key=". */
void kustomization_texts(struct arena *arena, const struct files *files, struct texts *ret_texts);

#endif
