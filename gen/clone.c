#include "clone.h"

#include "attach.h"
#include "remote.h"
#include "walks.h"

/* Does Flux read another project than the one of the agents? */
static bool
has_two_projects(const struct fleet_spec *fleet)
{
	return fleet->flux.project && fleet->gitlab.project
		&& !str_eq_nocase(str_from(fleet->flux.project), str_from(fleet->gitlab.project));
}

static bool
choose_side(const struct fleet_spec *fleet, struct str project, bool *ret_is_flux, struct error *reterr)
{
	*ret_is_flux = str_eq_nocase(project, str_from(fleet->flux.project));
	if (*ret_is_flux || str_eq_nocase(project, str_from(fleet->gitlab.project))) {
		return true;
	}
	return error_set(reterr,
		"gitlab.project %s and flux.project %s have files of their own, and this is a clone of "
		"%s%.*s%s: "
		"say which of the two it is with --project",
		fleet->gitlab.project, fleet->flux.project, project.len > 0 ? "\"" : "neither",
		STR_ARG(project), project.len > 0 ? "\"" : "");
}

static bool
keep_own(struct arena *arena, const struct spec *spec, const char *project, int root_fd, struct plan *plan,
	struct error *reterr)
{
	bool is_flux = false;
	struct str here = project ? str_from(project) : remote_find(arena, root_fd).project;
	if (!has_two_projects(&spec->view)) {
		return true;
	}
	if (!choose_side(&spec->view, here, &is_flux, reterr)) {
		return false;
	}
	size_t kept = 0;
	for (size_t i = 0; i < plan->len; i++) {
		if (plan->items[i].is_for_flux == is_flux) {
			plan->items[kept++] = plan->items[i];
		}
	}
	plan->len = kept;
	return true;
}

bool
clone_fit(struct arena *arena, const struct spec *spec, const char *project, int root_fd, struct plan *plan,
	struct error *reterr)
{
	return keep_own(arena, spec, project, root_fd, plan, reterr)
		&& attach_to_kustomizations(arena, spec, root_fd, plan, reterr)
		&& walks_object(arena, spec, root_fd, plan, reterr);
}
