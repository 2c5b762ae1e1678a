/* The commands that install an agent: a template of steps, and the printer that makes a script of it. */
#ifndef GLAGENT_COMMANDS_H
#define GLAGENT_COMMANDS_H

#include "buf.h"
#include "spec.h"

/* The innermost scope of templates/commands.yaml, which shows all of it in use. */
const struct ynode *commands_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/*
 * A script for sh from the rendered mapping `steps`, each
 *
 *	title, note	comments; titles are numbered
 *	later		true: the commands are only shown, as comments
 *	commands	sequence of
 *		note		a comment
 *		run		a pipeline, as shell_pipeline takes it
 *		set		name of a variable that takes its output
 *		to		file that takes its output
 *		unless		a pipeline: only when it fails are `commands` run
 *		unless_set	name of a variable: only when it is empty are `commands` run
 *		commands	the commands of such a condition
 */
void commands_print(struct arena *arena, struct buf *out, const struct ydoc *document);

#endif
