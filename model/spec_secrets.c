#include "spec_parts.h"

#include "redact.h"
#include "ypath.h"

static void
hide(const struct source *source, struct span span)
{
	/* The bytes are our own copy, made by spec_mask. */
	char *text = (char *)(uintptr_t)source->text.ptr;
	for (uint32_t i = span.start; i < span.end; i++) {
		if (!strchr(" \t\r\n", text[i])) {
			text[i] = 'x'; /* no indicator of YAML: the text still parses */
		}
	}
}

static void
report(struct spec_reader *reader, struct span span, struct str message, struct str help)
{
	struct finding *finding = findings_add(reader->findings, SEVERITY_ERROR, reader->source_id, span);
	finding->message = message;
	finding->help = help;
}

static void
mask_tokens(struct spec_reader *reader, const struct source *source)
{
	struct str rest = source->text, token;
	while (token_find(rest, &token)) {
		size_t start = (size_t)(token.ptr - source->text.ptr);
		struct span span = { (uint32_t)start, (uint32_t)(start + token.len) };
		hide(source, span);
		report(reader, span, STR("a token stands in the spec"),
			STR("revoke it: it may be in the history already; a new one goes into the Secret "
			    "that token.secretName names"));
		rest = str_skip(source->text, span.end);
	}
}

static void
mask_keys(struct spec_reader *reader, const struct source *source)
{
	const struct str begin = STR("-----BEGIN "), mark = STR("PRIVATE KEY-----"), finish = STR("-----END");
	struct str text = source->text;
	for (size_t at = str_find(text, begin); at < text.len; at += str_find(str_skip(text, at), begin)) {
		struct str line = source_line(source, (uint32_t)at);
		size_t start = at + begin.len;
		if (str_find(line, mark) < line.len) {
			size_t end = start + str_find(str_skip(text, start), finish);
			start += str_find(str_skip(text, start), mark) + mark.len;
			hide(source, (struct span){ (uint32_t)start, (uint32_t)end });
			report(reader, (struct span){ (uint32_t)at, (uint32_t)start },
				STR("a private key stands in the spec"),
				STR("keep it in a Secret and mount that with values.extraVolumes"));
		}
		at = start;
	}
}

const struct source *
spec_mask(struct spec_reader *reader, const struct source *source)
{
	struct source *copy = arena_new(reader->arena, struct source);
	copy->path = source->path;
	copy->text = arena_str(reader->arena, source->text);
	mask_tokens(reader, copy);
	mask_keys(reader, copy);
	return copy;
}

static void
mask_value(struct spec_reader *reader, const struct ynode *value, struct str message, struct str help)
{
	const struct ynode *node = ynode_follow(value);
	if (!ynode_is(node, YNODE_SCALAR) || ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		return;
	}
	report(reader, node->span, message, help);
	hide(reader->source, node->span);
}

/* The parts of the chart's values that hold secrets themselves. */
static void
mask_chart_values(struct spec_reader *reader, const struct ynode *values)
{
	static const struct str keys[] = { STR_INIT("config.observability.tls.key"),
		STR_INIT("config.api.tls.key"), STR_INIT("config.privateApi.tls.key") };

	mask_value(reader, ypath_dotted(values, STR("config.token")), STR("a token never stands in a spec"),
		STR("put it into the Secret that token.secretName names"));
	for (size_t i = 0; i < countof(keys); i++) {
		mask_value(reader, ypath_dotted(values, keys[i]), STR("a private key never stands in a spec"),
			STR("keep it in a Secret"));
	}
	const struct ynode *env = ynode_follow(ynode_get(values, STR("extraEnv")));
	for (const struct ynode *item = ynode_is(env, YNODE_SEQUENCE) ? env->first : NULL; item;
		item = item->next) {
		if (str_eq(ynode_str(ynode_get(item, STR("name"))), STR("AGENTK_TOKEN"))) {
			mask_value(reader, ynode_get(item, STR("value")),
				STR("a token never stands in a spec"),
				STR("put it into the Secret that token.secretName names"));
		}
	}
}

/* "http://user:password@host": the generated values would carry it. */
static void
mask_proxy(struct spec_reader *reader, const struct ynode *proxy, struct str key)
{
	const struct ynode *value = ynode_follow(ynode_get(proxy, key));
	struct str text = ynode_str(value);
	size_t start = str_find(text, STR("://")) + 3;
	struct str user = str_first(str_skip(text, start), str_find_char(str_skip(text, start), '@'));

	if (start + user.len < text.len && str_has_char(user, ':') && !str_has_char(user, '/')) {
		mask_value(reader, value, STR("a password stands in the spec"),
			STR("take the proxy's address from a Secret: values.extraEnv with "
			    "valueFrom.secretKeyRef"));
	}
}

/* People write the token where the Secret's name belongs; the schema tells them, without its text. */
static void
mask_token_field(struct spec_reader *reader, const struct ynode *field)
{
	const struct ynode *token = ynode_follow(field);
	mask_value(reader, token, STR("a token never stands in a spec"),
		STR("put it into the Secret that token.secretName names"));
	for (const struct ynode *key = ynode_is(token, YNODE_MAPPING) ? token->first : NULL; key;
		key = key->next->next) {
		const struct ynode *value = ynode_follow(key->next);
		bool is_known = str_eq(ynode_str(key), STR("secretName"))
			|| str_eq(ynode_str(key), STR("externalSecret"));
		if (!is_known && ynode_is(value, YNODE_SCALAR)) {
			hide(reader->source, value->span);
		}
	}
}

static void
mask_agent(struct spec_reader *reader, const struct ynode *agent)
{
	const struct ynode *proxy = ynode_get(agent, STR("proxy"));
	mask_chart_values(reader, ynode_get(agent, STR("values")));
	mask_token_field(reader, ynode_get(agent, STR("token")));
	mask_proxy(reader, proxy, STR("httpProxy"));
	mask_proxy(reader, proxy, STR("httpsProxy"));
}

void
spec_mask_values(struct spec_reader *reader, const struct ynode *root)
{
	const struct ynode *agents = ynode_follow(ynode_at(root, "spec", "agents", NULL));
	mask_agent(reader, ynode_at(root, "spec", "defaults", NULL));
	for (const struct ynode *agent = ynode_is(agents, YNODE_SEQUENCE) ? agents->first : NULL; agent;
		agent = agent->next) {
		mask_agent(reader, agent);
	}
}
