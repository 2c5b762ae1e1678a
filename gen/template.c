#include "str.h"
typedef int placeholder;
