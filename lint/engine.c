#include "rule.h"
typedef int placeholder;
