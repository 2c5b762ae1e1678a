#include "agent_problems.h"

struct range {
	uint32_t address;
	unsigned bits;
};

enum parsed { RANGE_NONE, RANGE_UNSURE, RANGE_READ };

enum { BITS_MAX = 32, OCTETS = 4, OCTET_MAX = 255, DECIMAL = 10 };

/* One to three digits; numbers with a zero in front are taken by some readers. */
static enum parsed
read_number(struct str text, unsigned max, unsigned *ret_number)
{
	unsigned number = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return RANGE_NONE;
		}
		number = number * DECIMAL + (unsigned)(text.ptr[i] - '0');
		if (number > max) {
			return RANGE_NONE;
		}
	}
	*ret_number = number;
	return text.len == 0 ? RANGE_NONE : text.len > 1 && text.ptr[0] == '0' ? RANGE_UNSURE : RANGE_READ;
}

/* IPv4 only: "10.0.0.0/8". */
static enum parsed
read_range(struct str text, struct range *ret_range)
{
	struct str bits = text, address = str_cut(&bits, '/');
	enum parsed result = read_number(bits.ptr ? bits : STR(""), BITS_MAX, &ret_range->bits);
	size_t octets = 0;
	ret_range->address = 0;
	if (str_has_char(text, ':') || str_has_char(text, '$') || str_has_char(text, '{')) {
		return RANGE_UNSURE;
	}
	for (; address.ptr && result != RANGE_NONE; octets++) {
		unsigned octet = 0;
		enum parsed one = read_number(str_cut(&address, '.'), OCTET_MAX, &octet);
		result = one < result ? one : result;
		ret_range->address = octets < OCTETS ? ret_range->address * (OCTET_MAX + 1) + octet : 0;
	}
	return octets == OCTETS ? result : RANGE_NONE;
}

static bool
holds(const struct range *outer, const struct range *inner)
{
	uint64_t outside = ((uint64_t)outer->address ^ inner->address) >> (BITS_MAX - outer->bits);
	return inner->bits > outer->bits && outside == 0;
}

static enum parsed
check_range(struct lint *lint, const struct agentcfg *cfg, const struct ynode *node, struct range *ret_range)
{
	enum parsed state =
		ynode_is(node, YNODE_SCALAR) ? read_range(ynode_str(node), ret_range) : RANGE_UNSURE;
	if (state == RANGE_NONE) {
		struct finding *finding = lint_report(lint, node,
			"\"%.*s\" is no address range in CIDR notation", STR_ARG(ynode_str(node)));
		lint_help(lint, finding, "write for instance \"10.0.0.0/8\"; one address is \"10.0.0.1/32\"");
		lint_object(lint, finding, cfg->root, node);
	}
	return state;
}

static void
check_item(struct lint *lint, const struct agentcfg *cfg, const struct ynode *item)
{
	struct range allowed = { 0 }, closed = { 0 };
	const struct ynode *allow = ynode_get(item, STR("allow")), *except = ynode_get(item, STR("except"));
	enum parsed state = check_range(lint, cfg, allow, &allowed);
	for (const struct ynode *one = except && except->kind == YNODE_SEQUENCE ? except->first : NULL; one;
		one = one->next) {
		if (check_range(lint, cfg, one, &closed) != RANGE_READ || state != RANGE_READ
			|| holds(&allowed, &closed)) {
			continue;
		}
		struct finding *finding = lint_report(lint, one,
			"\"%.*s\" is no smaller range within \"%.*s\": Kubernetes refuses the network policy",
			STR_ARG(ynode_str(one)), STR_ARG(ynode_str(allow)));
		lint_help(lint, finding, "list ranges within the allowed one, and smaller than it");
		lint_relate(lint, finding, allow, "the allowed range");
		lint_object(lint, finding, cfg->root, one);
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	const struct ynode *egress =
		cfg ? ynode_at(cfg->root, "remote_development", "network_policy", "egress", NULL) : NULL;
	const struct ynode *item = egress && egress->kind == YNODE_SEQUENCE ? egress->first : NULL;
	for (; item; item = item->next) {
		check_item(lint, cfg, item);
	}
}

const struct rule rule_AC023 = {
	.code = "AC023",
	.name = "address-range-invalid",
	.summary = "An address range of the workspaces' network policy is none, or lies outside of its own.",
	.rationale =
		"`remote_development.network_policy.egress` becomes a Kubernetes NetworkPolicy beside each "
		"workspace. Ranges are written in CIDR notation, and each of `except` must lie within "
		"`allow` and be smaller. GitLab's agent server takes any text, so the mistake shows only "
		"when a workspace is made.\n\nIPv6 is not judged.\n\nTo verify: `kubectl explain "
		"networkpolicy.spec.egress.to.ipBlock`; a NetworkPolicy with the same ranges is refused.",
	.advice = "Write `allow: 0.0.0.0/0` and under `except` the ranges that workspaces must not reach.",
	.reference = "https://docs.gitlab.com/user/workspace/settings/#network_policy",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
