#include "names.h"

const struct schema_format name_formats[] = {
	{ "label", name_is_label,
		"1 to 63 of a-z, 0-9 and \"-\", starting and ending with a letter or digit (RFC 1123 "
		"label)" },
	{ "subdomain", name_is_subdomain,
		"at most 253 of a-z, 0-9, \"-\" and \".\", each part starting and ending with a letter or "
		"digit "
		"(RFC 1123 subdomain)" },
	{ "release-name", name_is_release,
		"at most 53 of a-z, 0-9, \"-\" and \".\", each part starting and ending with a letter or "
		"digit (Helm release)" },
	{ "role-name", name_is_role, "the name of a ClusterRole, without \"/\" and \"%\"" },
	{ "qualified-name", name_is_qualified,
		"a label key, [domain/]name of at most 63 letters, digits, - _ ." },
	{ "image-tag", name_is_tag, "at most 128 letters, digits, _ . -, not starting with . or -" },
	{ "image-repository", name_is_repository, "host/path in lower case, without tag and digest" },
	{ "project-path", name_is_project, "the full path of a GitLab project, group/project" },
	{ "directory", name_is_directory, "a directory relative to the repository, without \"..\"" },
	{ "chart-version", name_is_chart_version, "a version of the chart, like 2.9.1" },
	{ "gitlab-version", name_is_gitlab_version, "a GitLab version, like \"17.6\"" },
	{ "duration", name_is_duration, "a duration, like 1h or 10m30s" },
	{ "quantity", name_is_quantity, "a quantity, like 500m or 256Mi" },
	{ "header", name_is_header, "\"Name: value\"" },
	{ "environment-name", name_is_environment,
		"letters, digits, blanks and - _ . / $ { }, without a slash at either end" },
	{ "web-url", name_is_web_url, "a URL with http:// or https://, without user and query" },
	{ "kas-url", name_is_kas_url, "a URL with ws://, wss://, grpc:// or grpcs://" },
	{ "receptive-url", name_is_receptive_url, "grpc://HOST:PORT or grpcs://HOST:PORT" },
	{ "proxy-url", name_is_proxy_url, "a URL with http://, https:// or socks5://" },
	{ "source-url", name_is_source_url, "a URL with https://, http:// or oci://" },
	{ 0 },
};
