#include "base.h"

int
main(void)
{
	fputs("glagent-lint: not built yet\n", stderr);
	return 2;
}
