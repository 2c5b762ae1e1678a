/* Tokens of a text with variables, as fluxcd/pkg/envsubst/parse finds them: what counts as one depends on
 * where the reader is. */
#ifndef GLAGENT_FLUX_ENVSUBST_SCAN_H
#define GLAGENT_FLUX_ENVSUBST_SCAN_H

#include "buf.h"

enum scan_modes {
	SCAN_OPEN = 1,    /* "${" is a token, and ends a word */
	SCAN_CLOSE = 2,   /* "}" is one */
	SCAN_WORD = 4,    /* what `accepts` takes */
	SCAN_DOLLARS = 8, /* "$$" in a word is "$" */
	SCAN_SLASHES = 16 /* "\/" and "\\" in a word lose the first */
};

enum scan_token { TOKEN_END, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_WORD, TOKEN_OTHER };

/* Does a word go on with this byte, the `nth` of it? A character that is not ASCII comes as its first byte.
 */
typedef bool accept_function(char c, size_t nth);

struct scanner {
	struct str text;
	size_t pos;
	struct buf word;  /* of the last TOKEN_WORD */
	bool has_met_end; /* more text might have changed what was found */
};

enum scan_token scan_token(struct scanner *scanner, unsigned modes, accept_function *accepts);

/* The next byte, or NUL at the end. */
char scan_peek(struct scanner *scanner);

#endif
