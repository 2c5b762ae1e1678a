#include "limit.h"

#include "path.h"

static bool
is_below_any(struct str path, const struct root *root)
{
	for (size_t i = 0; i < root->paths.len; i++) {
		if (path_is_below(path, root->paths.items[i])) {
			return true;
		}
	}
	return root->paths.len == 0;
}

/* A finding concerns a path that it points at, first or as a related place. */
static bool
concerns(const struct finding *finding, const struct sources *sources, const struct root *root)
{
	bool found = is_below_any(sources_get(sources, finding->source)->path, root);
	for (const struct related *related = finding->related; related && !found; related = related->next) {
		found = is_below_any(sources_get(sources, related->source)->path, root);
	}
	return found;
}

void
limit_to_paths(struct lint_run *run, const struct root *root)
{
	size_t kept = 0;
	for (size_t i = 0; i < run->findings.len; i++) {
		if (concerns(run->findings.items[i], &run->sources, root)) {
			run->findings.items[kept++] = run->findings.items[i];
		}
	}
	run->findings.len = kept;
}
