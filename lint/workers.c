/* Reading in parallel: a worker takes the next file, reads and parses it, and runs the rules of one file. */
#include <pthread.h>
#include <stdatomic.h>

#include "lint.h"

struct queue {
	const struct reading_job *job;
	atomic_size_t next;
};

struct worker {
	struct queue *queue;
	struct arena *snapshot;
	pthread_t thread;
	bool started;
};

static void
run_rule(struct lint *lint, const struct file *file)
{
	if (lint->rule->check_source) {
		lint->rule->check_source(lint, file);
	} else if (lint->rule->check_document) {
		for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
			lint->rule->check_document(lint, file, doc);
		}
	}
}

static void
run_rules(const struct reading_job *job, const struct file *file, struct slot *slot, struct arena *snapshot)
{
	slot->findings.arena = snapshot;
	for (size_t i = 0; i < rule_count; i++) {
		if (!job->selected || job->selected[i]) {
			struct lint lint = {
				.rule = rule_table[i], .findings = &slot->findings, .arena = snapshot
			};
			run_rule(&lint, file);
		}
	}
}

static void
read_one(const struct reading_job *job, size_t index, struct arena *snapshot, struct arena *scratch)
{
	struct file *file = &job->items[index];
	struct slot *slot = &job->slots[index];
	files_load(job->files, file, job->root_fd, snapshot, scratch, &slot->error);
	run_rules(job, file, slot, snapshot);
	if (!file->is_yaml && !file->is_kept) { /* its text is in the scratch arena: keep it for an excerpt,
						   or forget it */
		file->source.text = slot->findings.len ? arena_str(snapshot, file->source.text) : STR("");
	}
}

static void *
work(void *argument)
{
	const struct worker *worker = argument;
	struct queue *queue = worker->queue;
	struct arena CLEANUP(arena_release) scratch = { 0 };
	for (;;) {
		size_t index = atomic_fetch_add(&queue->next, 1);
		if (index >= queue->job->files->len) {
			return NULL;
		}
		read_one(queue->job, index, worker->snapshot, &scratch);
		arena_reset(&scratch);
	}
}

bool
workers_run(const struct reading_job *job, struct error *reterr)
{
	struct queue queue = { .job = job };
	struct worker workers[LINT_JOBS_MAX];
	unsigned count = job->workers < LINT_JOBS_MAX ? job->workers : LINT_JOBS_MAX;
	unsigned started = 0;
	for (unsigned i = 0; i < count; i++) {
		workers[i] = (struct worker){ .queue = &queue, .snapshot = &job->snapshots[i] };
		if (count == 1) {
			(void)work(&workers[i]);
			return true;
		}
		workers[i].started = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
		started += workers[i].started;
	}
	for (unsigned i = 0; i < count; i++) {
		if (workers[i].started) {
			(void)pthread_join(workers[i].thread, NULL);
		}
	}
	return started > 0 || error_set(reterr, "the system gives no thread");
}
