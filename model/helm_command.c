/* The arguments of Helm, as spf13/pflag reads them. */
#include "install_parts.h"
#include "shell_program.h"

struct flag {
	struct str name;
	enum helm_flag kind;
};

static const struct flag flags[] = {
	{ STR_INIT("values"), HELM_FILE },
	{ STR_INIT("f"), HELM_FILE },
	{ STR_INIT("set"), HELM_SET },
	{ STR_INIT("set-string"), HELM_SET_STRING },
	{ STR_INIT("set-file"), HELM_SET_FILE },
	{ STR_INIT("set-json"), HELM_SET_JSON },
	{ STR_INIT("set-literal"), HELM_SET_LITERAL },
	{ STR_INIT("namespace"), HELM_NAMESPACE },
	{ STR_INIT("n"), HELM_NAMESPACE },
	{ STR_INIT("version"), HELM_VERSION },
	{ STR_INIT("repo"), HELM_REPOSITORY },
	{ STR_INIT("post-renderer"), HELM_POST_RENDERER },
	{ STR_INIT("password"), HELM_SECRET },
	{ STR_INIT("kube-token"), HELM_SECRET },
	{ STR_INIT("reuse-values"), HELM_REUSE },
	{ STR_INIT("reset-then-reuse-values"), HELM_RESET_REUSE },
	{ STR_INIT("help"), HELM_HELP },
	{ STR_INIT("h"), HELM_HELP },
};

static const struct str switches[] = { STR_INIT("install"), STR_INIT("i"), STR_INIT("atomic"),
	STR_INIT("rollback-on-failure"), STR_INIT("cleanup-on-fail"), STR_INIT("create-namespace"),
	STR_INIT("debug"), STR_INIT("dependency-update"), STR_INIT("devel"),
	STR_INIT("disable-openapi-validation"), STR_INIT("dry-run"), STR_INIT("enable-dns"),
	STR_INIT("force"), STR_INIT("force-replace"), STR_INIT("force-conflicts"), STR_INIT("hide-notes"),
	STR_INIT("hide-secret"), STR_INIT("insecure-skip-tls-verify"),
	STR_INIT("kube-insecure-skip-tls-verify"), STR_INIT("no-hooks"), STR_INIT("pass-credentials"),
	STR_INIT("plain-http"), STR_INIT("render-subchart-notes"), STR_INIT("replace"),
	STR_INIT("generate-name"), STR_INIT("g"), STR_INIT("reset-values"), STR_INIT("skip-crds"),
	STR_INIT("skip-schema-validation"), STR_INIT("take-ownership"), STR_INIT("verify"), STR_INIT("wait"),
	STR_INIT("wait-for-jobs") };

static const struct str others[] = { STR_INIT("timeout"), STR_INIT("kube-context"), STR_INIT("kubeconfig"),
	STR_INIT("description"), STR_INIT("history-max"), STR_INIT("labels"), STR_INIT("l"),
	STR_INIT("username"), STR_INIT("ca-file"), STR_INIT("cert-file"), STR_INIT("key-file"),
	STR_INIT("keyring"), STR_INIT("output"), STR_INIT("o"), STR_INIT("post-renderer-args"),
	STR_INIT("name-template"), STR_INIT("registry-config"), STR_INIT("repository-cache"),
	STR_INIT("repository-config"), STR_INIT("kube-apiserver"), STR_INIT("kube-as-group"),
	STR_INIT("kube-as-user"), STR_INIT("kube-ca-file"), STR_INIT("kube-tls-server-name"),
	STR_INIT("burst-limit"), STR_INIT("qps") };

static bool
is_one_of(struct str name, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(name, names[i])) {
			return true;
		}
	}
	return false;
}

enum helm_flag
helm_flag(struct str name)
{
	for (size_t i = 0; i < countof(flags); i++) {
		if (str_eq(flags[i].name, name)) {
			return flags[i].kind;
		}
	}
	if (is_one_of(name, switches, countof(switches))) {
		return HELM_SWITCH;
	}
	return is_one_of(name, others, countof(others)) ? HELM_OTHER : HELM_NONE;
}

struct reader {
	const struct script *script;
	const struct shell_word *words;
	size_t len, at;
	struct helm_command *out;
	bool is_bad, is_verb_seen;
};

/* Where the rest of the word's text stands, behind its first `offset` bytes. */
static struct strvals_word
rest_of(const struct reader *r, const struct shell_word *word, size_t offset)
{
	struct str text = r->script->file->source.text;
	struct str raw = str_first(str_skip(text, word->span.start), word->span.end - word->span.start);
	struct str rest = str_skip(word->text, offset);
	struct strvals_word out = {
		.text = rest, .is_cut = !word->is_known, .source = r->script->file->id, .span = word->span
	};
	size_t at = r->script->is_exact && rest.len ? str_find(raw, rest) : raw.len;
	if (at < raw.len) {
		out.is_exact = true;
		out.span.start += (uint32_t)at;
	}
	return out;
}

static size_t
count_commas(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += text.ptr[i] == ',';
	}
	return count;
}

static void
take_value(struct reader *r, enum helm_flag flag, const struct shell_word *word, size_t offset)
{
	struct str text = r->script->file->source.text;
	struct str raw = str_first(str_skip(text, word->span.start), word->span.end - word->span.start);
	if (flag >= HELM_FILE && !word->is_known) {
		/* More pairs may stand behind what is not known. */
		bool is_seen = r->script->is_exact;
		r->out->is_partial = r->out->is_partial || !is_seen;
		r->out->is_open =
			r->out->is_open || (is_seen && count_commas(raw) > count_commas(word->text));
	}
	r->out->values[r->out->len++] =
		(struct helm_value){ flag, rest_of(r, word, offset), word->is_default };
}

static bool
is_switch(enum helm_flag flag)
{
	return flag == HELM_SWITCH || flag == HELM_REUSE || flag == HELM_RESET_REUSE;
}

/* Where the flag's name ends: --set=a, -n=x, -fvalues.yaml. */
static size_t
name_end(struct str name, bool is_long)
{
	size_t equals = str_find_char(name, '=');
	bool is_joined =
		!is_long && equals == name.len && name.len > 1 && !is_switch(helm_flag(str_first(name, 1)));
	return is_joined ? 1 : equals;
}

static void
take_flag(struct reader *r, const struct shell_word *word)
{
	size_t dashes = str_starts(word->text, STR("--")) ? 2 : 1;
	struct str name = str_skip(word->text, dashes);
	size_t end = name_end(name, dashes == 2);
	bool is_attached = end < name.len;
	size_t equals = is_attached && name.ptr[end] == '=' ? 1 : 0;
	enum helm_flag flag = helm_flag(str_first(name, end));
	if (flag == HELM_NONE || flag == HELM_HELP || (!word->is_known && !is_attached)) {
		r->is_bad = true;
	} else if (is_switch(flag)) {
		if (!is_attached || str_eq(str_skip(name, end + equals), STR("true"))) {
			take_value(r, flag, word, 0);
		}
	} else if (is_attached) {
		take_value(r, flag, word, dashes + end + equals);
	} else if (r->at < r->len) {
		take_value(r, flag, &r->words[r->at++], 0);
	}
}

/* The verb, the release, the chart. A variable may be the release; in another place it may be anything. */
static void
take_positional(struct reader *r, const struct shell_word *word)
{
	if (!r->is_verb_seen) {
		bool is_upgrade = str_eq(word->text, STR("upgrade"));
		r->out->is_install = str_eq(word->text, STR("install"));
		r->is_verb_seen = true;
		r->is_bad = r->is_bad || !word->is_known || (!is_upgrade && !r->out->is_install);
	} else if (!word->is_known && word->text.len == 0 && r->out->positional_count != 0) {
		r->out->is_open = true;
	} else if (r->out->positional_count == countof(r->out->positionals)) {
		r->is_bad = true;
	} else {
		r->out->positionals[r->out->positional_count++] = word;
	}
}

bool
helm_command_read(struct arena *arena, const struct script *script, const struct shell_command *command,
	struct helm_command *ret_command)
{
	static const struct str names[] = { STR_INIT("helm"), STR_INIT("helm3") };
	struct shell_program program;
	if (command->len > HELM_WORDS_MAX
		|| !shell_program_find(command, names, countof(names), STR("alpine/helm"), &program)
		|| !program.is_sure) {
		return false;
	}
	*ret_command =
		(struct helm_command){ .values = arena_new_n(arena, struct helm_value, command->len + 1) };
	struct reader reader = { .script = script,
		.words = command->words,
		.len = command->len,
		.at = program.arguments,
		.out = ret_command };
	while (reader.at < reader.len && !reader.is_bad) {
		const struct shell_word *word = &reader.words[reader.at++];
		if (str_starts(word->text, STR("-")) && word->text.len > 1) {
			take_flag(&reader, word);
		} else {
			take_positional(&reader, word);
		}
	}
	return !reader.is_bad && reader.is_verb_seen;
}
