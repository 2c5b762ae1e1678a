#include "survey.h"

#include <errno.h>
#include <fcntl.h>

#include "fs_open.h"
#include "neighbours.h"
#include "reinstall.h"

struct str
delivery_path(const struct delivery *delivery, struct str path)
{
	struct str directory = str_from(delivery->directory);
	while (str_ends(directory, STR("/")) && directory.len > 1) {
		directory.len--;
	}
	if (str_eq(directory, STR("."))) {
		return printable(delivery->arena, path);
	}
	const char *slash = str_eq(directory, STR("/")) ? "" : "/";
	return printable(delivery->arena,
		arena_printf(delivery->arena, "%.*s%s%.*s", STR_ARG(directory), slash, STR_ARG(path)));
}

bool
delivery_open(const struct delivery *delivery, int *ret_fd, struct error *reterr)
{
	*ret_fd = open(delivery->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *ret_fd >= 0 || errno == ENOENT || error_set_errno(reterr, "%s", delivery->directory);
}

static struct str
hiding(const struct delivery *delivery, const struct hidden *hidden)
{
	struct buf out = { .arena = delivery->arena };
	buf_add(&out, STR("it would keep Flux from applying "));
	for (size_t i = 0; i < hidden->len && i < HIDDEN_SHOWN_MAX; i++) {
		struct str path = delivery_path(delivery, hidden->paths[i]);
		buf_addf(&out, "%s%.*s", i ? ", " : "", STR_ARG(path));
	}
	if (hidden->len > HIDDEN_SHOWN_MAX) {
		buf_addf(&out, " and %zu more", hidden->len - HIDDEN_SHOWN_MAX);
	}
	buf_add(&out,
		STR(", and pruning deletes what Flux applies no more; list them in install.resources, or "
		    "choose another directory in flux.manifestPath or flux.sourcePath"));
	return buf_str(&out);
}

/* Would the file, which is not there yet, be one too many, or take others out of what Flux applies? */
static bool
look_around(const struct delivery *delivery, const struct plan_file *file, struct survey *survey,
	struct surveyed *item, struct error *reterr)
{
	struct hidden hidden;
	struct str twin = neighbours_twin(survey->root_fd, file);
	if (twin.len > 0) {
		item->refusal = arena_printf(delivery->arena,
			"kustomize refuses a directory with two kustomization files, and %.*s is there: "
			"remove it, or choose another directory in flux.manifestPath or flux.sourcePath",
			STR_ARG(twin));
		item->remark = arena_printf(delivery->arena, "beside %.*s", STR_ARG(twin));
		return true;
	}
	if (!neighbours_hidden(delivery->arena, survey->root_fd, file, &survey->planned, &hidden, reterr)) {
		return false;
	}
	if (hidden.len > 0) {
		item->refusal = hiding(delivery, &hidden);
		item->remark = arena_printf(delivery->arena, "hides %zu %s from Flux", hidden.len,
			hidden.len == 1 ? "file" : "files");
	}
	return true;
}

/* Flux uninstalls under the old name before it installs under the new one. */
static void
look_at_release(const struct delivery *delivery, const struct target *target, struct survey *survey,
	struct surveyed *item)
{
	struct str reason = reinstall_reason(delivery->arena, target->old, target->new);
	if (reason.len == 0 || delivery->may_reinstall) {
		return;
	}
	item->refusal = arena_printf(delivery->arena,
		"Flux would uninstall the agent and install it anew, for %.*s changes: keep it in the spec, "
		"or "
		"accept that with --allow-reinstall",
		STR_ARG(reason));
	item->remark = STR("reinstalls");
	survey->reinstalling++;
}

static bool
look_at(const struct delivery *delivery, const struct plan_file *file, struct survey *survey,
	struct surveyed *item, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct target target;
	struct error error;
	*item = (struct surveyed){ .refusal = STR(""), .remark = STR("") };
	if (!target_look(
		    delivery->arena, &scratch, survey->root_fd, file, &delivery->owner, &target, &error)) {
		return error_set(reterr, "%s/%s", delivery->directory, error.text);
	}
	item->state = target.state;
	item->new = target.new;
	if (target_is_kept_from_us(target.state)) {
		survey->is_losing = true;
		survey->stuck += target.is_stuck;
		item->remark = str_from(target_state_name(target.state));
		item->refusal = arena_printf(delivery->arena, "%.*s: %s", STR_ARG(item->remark), target.why);
	} else if (target.state == TARGET_ABSENT && file->objection.len > 0) {
		item->remark = STR("Flux would apply it");
		item->refusal = file->objection;
	} else if (target.state == TARGET_HOLDS || target.state == TARGET_JOINED) {
		item->remark = target.state == TARGET_HOLDS ? STR("others' file, holds it already")
							    : STR("adds to others' file");
	} else if (target.state == TARGET_ABSENT && survey->root_fd >= 0
		&& neighbours_is_kustomization(file)) {
		return look_around(delivery, file, survey, item, reterr);
	}
	if (target_is_written(target.state)) {
		look_at_release(delivery, &target, survey, item);
	}
	return true;
}

bool
survey_make(const struct delivery *delivery, struct survey *ret_survey, struct error *reterr)
{
	struct arena *arena = delivery->arena;
	const struct plan *plan = delivery->plan;
	struct survey survey = { .items = arena_new_n(arena, struct surveyed, plan->len + 1) };

	for (size_t i = 0; i < plan->len; i++) {
		map_put(arena, &survey.planned, plan->items[i].path, &plan->items[i]);
	}
	if (!delivery_open(delivery, &survey.root_fd, reterr)) {
		return false;
	}
	for (size_t i = 0; i < plan->len; i++) {
		if (!look_at(delivery, &plan->items[i], &survey, &survey.items[i], reterr)) {
			fd_close(&survey.root_fd);
			return false;
		}
		survey.refused += survey.items[i].refusal.len > 0;
	}
	*ret_survey = survey;
	return true;
}
