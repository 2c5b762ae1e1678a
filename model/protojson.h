/* Scalars as Go's protojson reads them (google.golang.org/protobuf/encoding/protojson). */
#ifndef GLAGENT_PROTOJSON_H
#define GLAGENT_PROTOJSON_H

#include "str.h"

/* A google.protobuf.Duration: "3600s", "1.5s"; no other unit, no leading zero, at most 10,000 years. */
bool protojson_duration_is_valid(struct str text);

#endif
