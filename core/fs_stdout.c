#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "fs.h"
#include "fs_open.h"

static bool
write_stdout(struct str data, bool may_close, struct error *reterr)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old;
	if (fflush(stdout) != 0 || sigaction(SIGPIPE, &ignore, &old) != 0) {
		return error_set_errno(reterr, "standard output");
	}
	bool ok = fs_write_bytes(STDOUT_FILENO, data);
	if (ok) { /* some file systems tell of a full disk only now */
		int copy = dup(STDOUT_FILENO);
		ok = copy < 0 || close(copy) == 0;
	}
	if (!ok && may_close && errno == EPIPE) {
		ok = true;
	}
	if (!ok) {
		(void)error_set_errno(reterr, "standard output");
	}
	(void)sigaction(SIGPIPE, &old, NULL);
	return ok;
}

bool
fs_write_stdout(struct str data, struct error *reterr)
{
	return write_stdout(data, false, reterr);
}

bool
fs_write_report(struct str data, struct error *reterr)
{
	return write_stdout(data, true, reterr);
}
