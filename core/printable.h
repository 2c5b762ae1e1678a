/* Text of others on a terminal. */
#ifndef GLAGENT_PRINTABLE_H
#define GLAGENT_PRINTABLE_H

#include "arena.h"

/* `text` with a picture or a mark in place of each control character but tabs, and of what is no UTF-8. */
struct str printable(struct arena *arena, struct str text);

#endif
