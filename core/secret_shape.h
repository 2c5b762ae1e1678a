/* Texts that are secrets by their shape, wherever they stand. Placeholders and what is encrypted are none. */
#ifndef GLAGENT_SECRET_SHAPE_H
#define GLAGENT_SECRET_SHAPE_H

#include "arena.h"

struct secret {
	struct str text;  /* all of it: a slice of what was searched */
	const char *what; /* "a deploy token of GitLab (gldt-…)" */
};

/* Kinds of secrets are looked for in pieces of a text, so that many of one kind cost no search of the whole
 * for another. */
enum { SECRET_WINDOW_BYTES = 64 * 1024 };

/*
 * The first at or after `from`; false when there is no more.
 *
 * Tokens of GitLab other than an agent's, by prefix, length and alphabet
 * (docs.gitlab.com/security/tokens, "Token prefixes"; the lengths are those
 * that GitLab's own browser code warns of).
 */
bool gitlab_token_next(struct str text, size_t from, struct secret *ret_secret) NODISCARD;

/* A private key in PEM without a passphrase, of age, or of PGP; also one that was put into base64 whole. */
bool private_key_next(struct str text, size_t from, struct secret *ret_secret) NODISCARD;

/* An address with a user and a password that is no variable: ret_secret is the password. */
struct url_password {
	struct str address, user, password, host;
};
bool url_password_next(struct str text, size_t from, struct url_password *ret_url) NODISCARD;

/* Does the text say itself that somebody is to put another in its place: a variable, "changeme", "xxxx"? */
bool text_is_placeholder(struct str text);

/* Is it made by going on from one byte to the next: "abcd…", "1234…", "aAbBcC…", "A1B2C3…"? */
bool text_is_sequence(struct str text);

#endif
