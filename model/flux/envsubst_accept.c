#include "flux/envsubst_accept.h"

bool
accepts_name_char(char c, size_t nth)
{
	(void)nth;
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool
accepts_any(char c, size_t nth)
{
	(void)c;
	(void)nth;
	return true;
}

bool
accepts_not_brace(char c, size_t nth)
{
	(void)nth;
	return c != '}';
}

bool
accepts_not_slash(char c, size_t nth)
{
	(void)nth;
	return c != '/';
}

bool
accepts_no_colon_nor_brace(char c, size_t nth)
{
	(void)nth;
	return c != ':' && c != '}';
}

bool
accepts_slash(char c, size_t nth)
{
	(void)nth;
	return c == '/';
}

bool
accepts_colon(char c, size_t nth)
{
	(void)nth;
	return c == ':';
}

bool
accepts_default_operator(char c, size_t nth)
{
	return (nth == 1 && c == ':') || (nth == 2 && str_has_char(STR("=-?+"), c));
}

bool
accepts_replace_operator(char c, size_t nth)
{
	return (nth == 1 && c == '/') || (nth == 2 && str_has_char(STR("/#%"), c));
}

bool
accepts_prefix_operator(char c, size_t nth)
{
	return c == '#' && nth <= 2;
}

bool
accepts_suffix_operator(char c, size_t nth)
{
	return c == '%' && nth <= 2;
}

bool
accepts_case_operator(char c, size_t nth)
{
	return (c == ',' || c == '^') && nth <= 2;
}

bool
accepts_one(char c, size_t nth)
{
	(void)c;
	return nth == 1;
}
