/* Passwords in addresses: which of them count, and who tells of them. */
#ifndef GLAGENT_URL_SECRET_H
#define GLAGENT_URL_SECRET_H

#include "secret_shape.h"

/* Is the host that of an example, or the machine itself? */
bool url_is_no_real_host(const struct url_password *url);

/* Is the password one that somebody was given, by its look? SE008 tells of it, wherever it stands. */
bool url_password_is_secret(const struct url_password *url);

/* SE006 tells of it, and what to revoke. */
bool url_password_is_gitlab_token(const struct url_password *url);

/* Is the file prose, whose addresses are examples? */
bool url_path_is_prose(struct str path);

#endif
