#include "base.h"

int
main(void)
{
	fputs("glagent-gen: not built yet\n", stderr);
	return 2;
}
