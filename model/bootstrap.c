#include "bootstrap.h"

#include "bootstrap_flags.h"
#include "shell_program.h"
#include "vec.h"

enum { POSITIONALS_MAX = 8 };

struct parser {
	struct str text; /* of the file */
	const struct shell_word *words;
	size_t len, at;
	unsigned providers; /* of flux: those that the command may have */
	struct bootstrap *out;
	struct {
		const struct shell_word *items[POSITIONALS_MAX];
		size_t len;
	} positionals;             /* what is beyond POSITIONALS_MAX is dropped */
	bool asks_for_help, ended; /* by `--` */
};

/* Place of what begins at byte `offset` of the word's text: exact when nothing before it is quoted. */
static struct span
value_span(const struct parser *p, const struct shell_word *word, size_t offset)
{
	struct str written =
		str_first(str_skip(p->text, word->span.start), word->span.end - word->span.start);
	struct span span = word->span;
	if (written.len > offset && str_starts(written, str_first(word->text, offset))) {
		span.start += (uint32_t)offset;
	}
	return span;
}

static void
set_argument(struct parser *p, enum bootstrap_argument which, const struct shell_word *word, size_t offset)
{
	if (which != BOOTSTRAP_NONE) {
		p->out->arguments[which] = (struct argument){
			.state = word->is_known ? ARGUMENT_KNOWN : ARGUMENT_UNKNOWN,
			.is_default = word->is_default,
			.text = str_skip(word->text, offset),
			.span = value_span(p, word, offset),
		};
	}
}

/* A word that may be any flag, or several. */
static void
leave_unknown(struct parser *p, const struct shell_word *word)
{
	for (size_t i = 0; i < BOOTSTRAP_ARGUMENT_COUNT; i++) {
		if (i != BOOTSTRAP_STRAY_PATH && i != BOOTSTRAP_UNKNOWN_PATH && i != BOOTSTRAP_AGENT) {
			p->out->arguments[i] =
				(struct argument){ .state = ARGUMENT_UNKNOWN, .span = word->span };
		}
	}
}

static void
add_positional(struct parser *p, const struct shell_word *word)
{
	if (p->positionals.len < POSITIONALS_MAX) {
		p->positionals.items[p->positionals.len++] = word;
	}
	if (p->out->kind == BOOTSTRAP_FLUX && p->positionals.len == 2 && word->is_known) {
		p->providers = bootstrap_provider(word->text);
	}
}

/* The value is the next word. */
static void
take_next(struct parser *p, enum bootstrap_argument which)
{
	if (p->at < p->len) {
		set_argument(p, which, &p->words[p->at++], 0);
	}
}

static bool
is_flag(const struct shell_word *word)
{
	return str_starts(word->text, STR("-")) && word->text.len > 1;
}

/* The program stops at it, so what its value would be hardly matters. */
static void
take_unknown_flag(struct parser *p, const struct shell_word *word, struct str name, bool has_value)
{
	p->out->has_unknown_flag = true;
	p->asks_for_help = p->asks_for_help || str_eq(name, STR("help")) || str_eq(name, STR("h"));
	if (p->out->kind == BOOTSTRAP_GLAB && str_eq(name, STR("path"))) {
		set_argument(p, BOOTSTRAP_UNKNOWN_PATH, word, 0);
	}
	if (!has_value && p->at < p->len && !is_flag(&p->words[p->at])) {
		p->at++;
	}
}

static void
take_long(struct parser *p, const struct shell_word *word)
{
	struct str name = str_skip(word->text, 2);
	size_t equals = str_find_char(name, '=');
	bool has_value = equals < name.len;
	if (!word->is_known && !has_value) {
		leave_unknown(p, word);
		return;
	}
	name = str_first(name, equals);
	const struct bootstrap_flag *flag = bootstrap_flag_named(p->out->kind, p->providers, name);
	if (!flag) {
		take_unknown_flag(p, word, name, has_value);
	} else if (has_value) {
		set_argument(p, flag->argument, word, 2 + equals + 1);
	} else if (!flag->is_switch) {
		take_next(p, flag->argument);
	}
}

/* -x v, -xv, -x=v, and switches before it: -sx v. */
static void
take_short(struct parser *p, const struct shell_word *word)
{
	for (size_t i = 1; i < word->text.len; i++) {
		const struct bootstrap_flag *flag =
			bootstrap_flag_short(p->out->kind, p->providers, word->text.ptr[i]);
		if (!flag) {
			take_unknown_flag(p, word, str_first(str_skip(word->text, i), 1), true);
			return;
		}
		bool has_equals = i + 1 < word->text.len && word->text.ptr[i + 1] == '=';
		if (!flag->is_switch && (i + 1 < word->text.len || !word->is_known)) {
			set_argument(p, flag->argument, word, i + 1 + (has_equals ? 1 : 0));
			return;
		}
		if (!flag->is_switch) {
			take_next(p, flag->argument);
		}
		if (has_equals) {
			return;
		}
	}
	if (!word->is_known) {
		leave_unknown(p, word);
	}
}

/* glab wants exactly one argument: a quoted variable in its place is it. */
static bool
is_agent_place(const struct parser *p, const struct shell_word *word)
{
	return p->out->kind == BOOTSTRAP_GLAB && p->positionals.len == 3 && !word->is_spread;
}

static void
take_word(struct parser *p, const struct shell_word *word)
{
	bool is_bare_dash = str_eq(word->text, STR("-"));
	bool is_any = !word->is_known && (word->text.len == 0 || is_bare_dash);
	if (is_any && !p->ended && !is_agent_place(p, word)) {
		leave_unknown(p, word);
	}
	if (p->ended || is_any || !is_flag(word)) {
		add_positional(p, word);
	} else if (str_eq(word->text, STR("--")) && word->is_known) {
		p->ended = true;
	} else if (str_starts(word->text, STR("--"))) {
		take_long(p, word);
	} else {
		take_short(p, word);
	}
}

static bool
positional_is(const struct parser *p, size_t index, struct str text)
{
	return index < p->positionals.len && p->positionals.items[index]->is_known
		&& str_eq(p->positionals.items[index]->text, text);
}

/* flux bootstrap PROVIDER; what else there is has no meaning to it. */
static bool
accept_flux(struct parser *p)
{
	if (!positional_is(p, 0, STR("bootstrap")) || p->positionals.len < 2) {
		return false;
	}
	const struct shell_word *provider = p->positionals.items[1];
	if (provider->is_known && !bootstrap_provider(provider->text)) {
		return false;
	}
	p->out->provider = provider->is_known ? provider->text : STR("");
	for (size_t i = 2; i < p->positionals.len; i++) {
		const struct shell_word *word = p->positionals.items[i];
		if (str_starts(word->text, STR("path="))) {
			set_argument(p, BOOTSTRAP_STRAY_PATH, word, 0);
		}
	}
	return true;
}

static bool
accept_glab(struct parser *p)
{
	bool is_ours = positional_is(p, 0, STR("cluster")) && positional_is(p, 1, STR("agent"))
		&& (positional_is(p, 2, STR("bootstrap")) || positional_is(p, 2, STR("bs")));
	if (is_ours && p->positionals.len > 3) {
		set_argument(p, BOOTSTRAP_AGENT, p->positionals.items[3], 0);
	}
	return is_ours;
}

struct str
bootstrap_flux_directory(struct arena *arena, struct str path)
{
	struct str clean = STR(""), rest = str_trim(path);
	while (rest.ptr) {
		struct str name = str_cut(&rest, '/');
		if (str_eq(name, STR(".."))) {
			clean = path_parent(clean);
		} else if (!path_join(arena, clean, name, &clean)) {
			clean = STR("");
		}
	}
	return clean;
}

static void
set_directory(struct arena *arena, struct bootstrap *out)
{
	bool is_flux = out->kind == BOOTSTRAP_FLUX;
	const struct argument *path = &out->arguments[is_flux ? BOOTSTRAP_PATH : BOOTSTRAP_MANIFEST_PATH];
	out->directory_state = path->state == ARGUMENT_UNKNOWN ? ARGUMENT_UNKNOWN : ARGUMENT_KNOWN;
	out->is_default = path->is_default;
	out->directory = STR("");
	if (path->state == ARGUMENT_KNOWN && is_flux) {
		out->directory = bootstrap_flux_directory(arena, path->text);
	} else if (path->state == ARGUMENT_KNOWN) {
		out->is_outside = str_starts(path->text, STR("/"))
			|| !path_join(arena, STR(""), path->text, &out->directory);
	}
}

bool
bootstrap_read(struct arena *arena, struct str text, const struct shell_command *command,
	struct bootstrap *ret_bootstrap)
{
	struct shell_program program;
	static const struct str names[] = { STR_INIT("flux"), STR_INIT("glab") };
	if (!shell_program_find(command, names, countof(names), STR("flux-cli"), &program)) {
		return false;
	}
	*ret_bootstrap = (struct bootstrap){
		.kind = program.which == 1 ? BOOTSTRAP_GLAB : BOOTSTRAP_FLUX,
		.span = command->span,
		.is_sure = program.is_sure,
	};
	struct parser parser = { .text = text,
		.words = command->words,
		.len = command->len,
		.at = program.arguments,
		.providers = FLAG_OF_ALL,
		.out = ret_bootstrap };
	while (parser.at < parser.len) {
		const struct shell_word *word = &parser.words[parser.at++];
		take_word(&parser, word);
	}
	bool is_ours = ret_bootstrap->kind == BOOTSTRAP_FLUX ? accept_flux(&parser) : accept_glab(&parser);
	set_directory(arena, ret_bootstrap);
	return is_ours && !parser.asks_for_help;
}

void
bootstraps_collect(struct arena *arena, const struct files *files, struct bootstraps *ret_bootstraps)
{
	static const struct str words[] = { STR_INIT("bootstrap"), STR_INIT("agent bs "), { NULL, 0 } };
	*ret_bootstraps = (struct bootstraps){ 0 };
	scripts_collect(arena, files, words, &ret_bootstraps->scripts);
	for (size_t i = 0; i < ret_bootstraps->scripts.len; i++) {
		const struct script *script = &ret_bootstraps->scripts.items[i];
		for (size_t j = 0; j < script->commands.len; j++) {
			struct bootstrap bootstrap;
			if (bootstrap_read(arena, script->file->source.text, &script->commands.items[j],
				    &bootstrap)) {
				bootstrap.script = script;
				vec_push(arena, &ret_bootstraps->commands, bootstrap);
			}
		}
	}
}
