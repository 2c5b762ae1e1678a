/* Is a text YAML, or something that becomes YAML when a template engine has filled it in? */
#ifndef GLAGENT_TEMPLATE_MARKS_H
#define GLAGENT_TEMPLATE_MARKS_H

#include "ytree.h"

/*
 * Text that parses is plain YAML unless an engine's marks stand where no value
 * is: an unquoted {{ }} (which YAML takes for a mapping), or a comment that
 * begins with {{, {%, %{, <% or, as ytt's do, #@. Text that does not parse is a
 * template when marks of an engine stand in it, outside quotes, comments and
 * block scalars. `docs` is what parsed of it.
 */
bool text_is_template(struct str text, const struct ydoc *docs, bool parsed);

#endif
