#include "rule.h"

const struct rule rule_YM001 = {
	.code = "YM001",
	.name = "parse-error",
};
