/* What the words of a variable go on with; `nth` counts bytes from 1. */
#ifndef GLAGENT_FLUX_ENVSUBST_ACCEPT_H
#define GLAGENT_FLUX_ENVSUBST_ACCEPT_H

#include "flux/envsubst_scan.h"

bool accepts_name_char(char c, size_t nth);
bool accepts_any(char c, size_t nth);
bool accepts_not_brace(char c, size_t nth);
bool accepts_not_slash(char c, size_t nth);
bool accepts_no_colon_nor_brace(char c, size_t nth);
bool accepts_slash(char c, size_t nth);
bool accepts_colon(char c, size_t nth);
bool accepts_default_operator(char c, size_t nth);
bool accepts_replace_operator(char c, size_t nth);
bool accepts_prefix_operator(char c, size_t nth);
bool accepts_suffix_operator(char c, size_t nth);
bool accepts_case_operator(char c, size_t nth);
bool accepts_one(char c, size_t nth);

#endif
