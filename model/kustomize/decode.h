/*
 * What kustomize makes of the text of one resource file, before any build:
 * kyaml/kio/byteio_reader.go (splitting, unwrapping) and api/resource/factory.go
 * (what an object must have). Flux's generator decodes every YAML file below a
 * path without a kustomization file this way and stops at the first refusal.
 */
#ifndef GLAGENT_KUSTOMIZE_DECODE_H
#define GLAGENT_KUSTOMIZE_DECODE_H

#include "files.h"

enum decode_verdict {
	DECODE_OK,
	DECODE_REFUSED, /* surely: the whole file is lost, whatever its other documents are */
	DECODE_UNKNOWN, /* not read, over a limit, or one of the places where libyaml and go-yaml differ */
};

enum { DECODE_OBJECTS_MAX = 100 * 1000 };

struct decoded {
	enum decode_verdict verdict;
	const struct ynode
		*at; /* of a refusal: the offending document or list item; NULL: `span` says where */
	struct span span;
	struct str why; /* of a refusal: kustomize's own words, "missing Resource metadata" */
	struct {
		const struct ynode **items;
		size_t len, cap;
	} objects; /* with lists unwrapped; empty documents are none */
};

void decode_file(struct arena *arena, const struct file *file, struct decoded *ret_decoded);

/* The same of a text that is no file: an inline patch. Its nodes have no place. */
void decode_text(struct arena *arena, struct str text, struct decoded *ret_decoded);

/* Would the build drop the object? (config.kubernetes.io/local-config with any value but "false".) */
bool object_is_local(const struct ynode *root);

#endif
