#include "writer.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

#include "diff.h"
#include "fs.h"
#include "fs_open.h"
#include "neighbours.h"
#include "redact.h"
#include "stale.h"

bool
writer_print(struct arena *arena, const struct plan *plan, struct error *reterr)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < plan->len; i++) {
		if (!plan->items[i].is_not_applied) {
			buf_add(&out, plan->items[i].data);
		}
	}
	return fs_write_stdout(buf_str(&out), reterr);
}

/* Makes `directory` and what is missing above it. */
static bool
make_directory(const char *directory, struct error *reterr)
{
	char path[PATH_MAX];
	size_t len = strlen(directory);
	if (len >= sizeof(path)) {
		return error_set(reterr, "%.100s…: the path is too long", directory);
	}
	for (size_t end = 1; end <= len; end++) {
		if (directory[end] != '/' && directory[end] != '\0') {
			continue;
		}
		memcpy(path, directory, end);
		path[end] = '\0';
		if (mkdir(path, S_IRWXU | S_IRWXG | S_IRWXO) != 0 && errno != EEXIST && errno != EISDIR
			&& errno != EROFS) {
			return error_set_errno(reterr, "%s: cannot make the directory", path);
		}
	}
	return true;
}

/* Names each file that stands in the way on standard error; the outcome is the error. */
static bool
refuse(const struct delivery *delivery, const struct survey *survey, struct error *reterr)
{
	for (size_t i = 0; i < delivery->plan->len; i++) {
		struct str path = delivery_path(delivery, delivery->plan->items[i].path);
		if (survey->items[i].refusal.len) {
			(void)fprintf(stderr, "refused: %.*s: %.*s\n", STR_ARG(path),
				STR_ARG(survey->items[i].refusal));
		}
	}
	return error_set(reterr, "nothing is written, %zu %s refused: %s", survey->refused,
		survey->refused == 1 ? "file is" : "files are",
		survey->reinstalling    ? "a release would be installed anew"
			: survey->stuck ? "--force does not help there, see above"
			: survey->is_losing
			? "move the changes, which --diff shows, into the spec, or overwrite them "
			  "with --force"
			: "--force writes all the same");
}

/* What a kustomization.yaml lists and nobody has put there yet. */
static void
warn_of_missing(const struct delivery *delivery, int root_fd, const struct map *planned)
{
	for (size_t i = 0; i < delivery->plan->len; i++) {
		const struct plan_file *file = &delivery->plan->items[i];
		if (!neighbours_is_kustomization(file)) {
			continue;
		}
		struct missing missing = neighbours_missing(delivery->arena, root_fd, file, planned);
		struct str path = delivery_path(delivery, file->path);
		for (size_t j = 0; j < missing.len; j++) {
			struct str entry = printable(delivery->arena, missing.items[j]);
			(void)fprintf(stderr, "warning: %.*s lists %.*s, which is not there yet\n",
				STR_ARG(path), STR_ARG(entry));
		}
	}
}

/* None when they are not looked for, or there is no directory. */
static bool
find_stale(const struct delivery *delivery, int root_fd, struct stale_paths *ret_paths, struct error *reterr)
{
	struct error error;
	*ret_paths = (struct stale_paths){ 0 };
	return !delivery->known || root_fd < 0
		|| stale_find(delivery->arena, root_fd, &delivery->owner, delivery->known, ret_paths, &error)
		|| error_set(reterr, "looking for stale files: %s/%s", delivery->directory, error.text);
}

static void
name_stale(const struct delivery *delivery, const struct stale_paths *stale, const char *mark)
{
	for (size_t i = 0; i < stale->len; i++) {
		struct str path = delivery_path(delivery, stale->items[i]);
		(void)fprintf(stderr, "%sstale: %.*s (no longer rendered; remove it)\n", mark, STR_ARG(path));
	}
}

/* What is written stays written when the rest of the directory cannot be read. */
static void
remark(const struct delivery *delivery, int root_fd, const struct map *planned)
{
	struct stale_paths stale;
	struct error error;
	warn_of_missing(delivery, root_fd, planned);
	if (find_stale(delivery, root_fd, &stale, &error)) {
		name_stale(delivery, &stale, "");
	} else {
		(void)fprintf(stderr, "warning: %s\n", error.text);
	}
}

static bool
write_files(const struct delivery *delivery, const struct survey *survey, struct error *reterr)
{
	struct fs_file *files = arena_new_n(delivery->arena, struct fs_file, delivery->plan->len + 1);
	struct error error;
	size_t len = 0;
	int CLEANUP(fd_close) root = -1;

	for (size_t i = 0; i < delivery->plan->len; i++) {
		const struct surveyed *item = &survey->items[i];
		if (target_is_written(item->state)) {
			files[len++] = (struct fs_file){ delivery->plan->items[i].path, item->new };
		}
	}
	if (!make_directory(delivery->directory, reterr) || !delivery_open(delivery, &root, reterr)) {
		return false;
	}
	if (!fs_write_all(root, files, len, &error)) {
		return error_set(reterr, "%s/%s", delivery->directory, error.text);
	}
	remark(delivery, root, &survey->planned);
	return true;
}

bool
writer_write(const struct delivery *delivery, bool force, struct error *reterr)
{
	struct survey survey;
	if (!survey_make(delivery, &survey, reterr)) {
		return false;
	}
	bool is_forced = force && survey.reinstalling == 0 && survey.stuck == 0;
	bool ok = survey.refused == 0 || is_forced ? write_files(delivery, &survey, reterr)
						   : refuse(delivery, &survey, reterr);
	fd_close(&survey.root_fd);
	return ok;
}

bool
writer_accepts(const struct delivery *delivery, struct error *reterr)
{
	struct survey survey;
	if (!survey_make(delivery, &survey, reterr)) {
		return false;
	}
	fd_close(&survey.root_fd);
	return survey.refused == 0 || refuse(delivery, &survey, reterr);
}

bool
writer_list(const struct delivery *delivery, struct error *reterr)
{
	struct buf out = { .arena = delivery->arena };
	struct survey survey;
	if (!survey_make(delivery, &survey, reterr)) {
		return false;
	}
	for (size_t i = 0; i < delivery->plan->len; i++) {
		const struct surveyed *item = &survey.items[i];
		struct str path = delivery_path(delivery, delivery->plan->items[i].path);
		const char *action = item->refusal.len   ? "refuse"
			: target_is_written(item->state) ? "write"
							 : "keep";
		buf_addf(&out, "%s %.*s", action, STR_ARG(path));
		if (item->remark.len) {
			buf_addf(&out, " (%.*s)", STR_ARG(item->remark));
		}
		buf_add_char(&out, '\n');
	}
	bool ok = fs_write_stdout(buf_str(&out), reterr);
	if (ok) {
		remark(delivery, survey.root_fd, &survey.planned);
		ok = survey.refused == 0 || refuse(delivery, &survey, reterr);
	}
	fd_close(&survey.root_fd);
	return ok;
}

static void
add_verdict(const struct delivery *delivery, struct str path, enum target_state state, struct buf *out)
{
	struct str shown = delivery_path(delivery, path);
	const char *name = target_state_name(state);
	if (state == TARGET_EDITED || state == TARGET_OUTDATED || state == TARGET_JOINED) {
		buf_addf(out, "differs %.*s (%s)\n", STR_ARG(shown), name);
	} else {
		buf_addf(out, "%s %.*s\n", name, STR_ARG(shown));
	}
}

/* "a/out/values.yaml"; what holds a blank ends with a tab, for patch. */
static struct str
side_of(const struct delivery *delivery, const char *side, struct str path)
{
	struct str shown = delivery_path(delivery, path);
	const char *slash = str_starts(shown, STR("/")) ? "" : "/";
	return arena_printf(delivery->arena, "%s%s%.*s%s", side, slash, STR_ARG(shown),
		str_has_char(shown, ' ') ? "\t" : "");
}

static void
add_diff(const struct delivery *delivery, struct str path, const struct target *target, struct buf *out)
{
	struct arena *arena = delivery->arena;
	struct buf hunks = { .arena = arena };
	struct str old_name =
		target->state == TARGET_ABSENT ? STR("/dev/null") : side_of(delivery, "a", path);
	struct str new_name = side_of(delivery, "b", path);
	/* What is ours holds no secret: a spec with one is refused. */
	bool is_of_others = target->state == TARGET_JOINED || target->state == TARGET_FOREIGN;
	if (target->is_too_large || target->is_stuck) {
		buf_addf(out, "# %.*s: %s\n", STR_ARG(delivery_path(delivery, path)), target->why);
		return;
	}
	buf_addf(out, "--- %.*s\n+++ %.*s\n", STR_ARG(old_name), STR_ARG(new_name));
	diff_hunks(&hunks, target->old, target->new);
	struct str rest = buf_str(&hunks);
	while (rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		line = is_of_others || str_starts(line, STR("-")) ? redact(arena, line) : line;
		line = printable(arena, line);
		buf_addf(out, "%.*s\n", STR_ARG(line));
	}
}

/* Prints what differs, as lines or as diffs. */
static bool
compare(const struct delivery *delivery, bool as_diff, struct buf *out, int root_fd, struct error *reterr)
{
	for (size_t i = 0; i < delivery->plan->len; i++) {
		const struct plan_file *file = &delivery->plan->items[i];
		struct arena CLEANUP(arena_release) scratch = { 0 };
		struct delivery own = *delivery;
		struct target target;
		struct error error;
		own.arena = &scratch;
		if (!target_look(&scratch, &scratch, root_fd, file, &delivery->owner, &target, &error)) {
			return error_set(reterr, "%s/%s", delivery->directory, error.text);
		}
		if (target_differs(target.state) && as_diff) {
			add_diff(&own, file->path, &target, out);
		} else if (target_differs(target.state)) {
			add_verdict(&own, file->path, target.state, out);
		}
	}
	return true;
}

static bool
show(const struct delivery *delivery, bool as_diff, bool *ret_differs, struct error *reterr)
{
	struct buf out = { .arena = delivery->arena };
	struct stale_paths stale;
	int CLEANUP(fd_close) root = -1;
	if (!delivery_open(delivery, &root, reterr) || !compare(delivery, as_diff, &out, root, reterr)
		|| !find_stale(delivery, root, &stale, reterr)) {
		return false;
	}
	*ret_differs = out.len > 0 || stale.len > 0;
	for (size_t i = 0; !as_diff && i < stale.len; i++) {
		struct str path = delivery_path(delivery, stale.items[i]);
		buf_addf(&out, "stale %.*s\n", STR_ARG(path));
	}
	bool ok = fs_write_report(out.len ? buf_str(&out) : STR(""), reterr);
	if (ok && as_diff) {
		name_stale(delivery, &stale, "# ");
	}
	return ok;
}

bool
writer_check(const struct delivery *delivery, bool *ret_differs, struct error *reterr)
{
	return show(delivery, false, ret_differs, reterr);
}

bool
writer_diff(const struct delivery *delivery, bool *ret_differs, struct error *reterr)
{
	return show(delivery, true, ret_differs, reterr);
}
