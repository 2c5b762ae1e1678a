#include "files.h"
typedef int placeholder;
