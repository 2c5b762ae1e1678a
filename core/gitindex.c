#include "gitindex.h"

#include "buf.h"

enum {
	HEADER_BYTES = 12,
	STAT_BYTES = 40, /* times, device, mode, owner, size: before the object's name */
	SHA1_BYTES = 20,
	SHA256_BYTES = 32,
	FLAG_EXTENDED = 0x4000,
	ALIGN = 8,
	PATH_BYTES_MAX = 64 * 1024,
};

struct reader {
	struct arena *arena;
	struct str bytes;
	size_t at, hash_bytes;
	uint32_t version, count;
	struct str previous; /* path of the entry before; v4 builds on it */
	struct map *paths;
	bool nameless; /* an entry stands for one of the shared index, without a name */
};

static bool
has(const struct reader *r, size_t bytes)
{
	return r->bytes.len - r->at >= bytes;
}

static uint32_t
number_at(const struct reader *r, size_t at, size_t bytes)
{
	uint32_t value = 0;
	for (size_t i = 0; i < bytes; i++) {
		value = value << 8 | (unsigned char)r->bytes.ptr[at + i];
	}
	return value;
}

/* git's variable-length number: how many bytes of the path before are dropped. */
static bool
read_varint(struct reader *r, size_t *ret_value)
{
	size_t value = 0;
	for (bool more = true, first = true; more; first = false) {
		if (!has(r, 1) || value > PATH_BYTES_MAX) {
			return false;
		}
		unsigned char c = (unsigned char)r->bytes.ptr[r->at++];
		value = (first ? 0 : (value + 1) << 7) + (c & 127U);
		more = (c & 128U) != 0;
	}
	*ret_value = value;
	return true;
}

/* The path up to its NUL, on what stays of the one before. */
static bool
read_path(struct reader *r, struct str *ret_path)
{
	size_t dropped = r->previous.len;
	if (r->version == 4 && (!read_varint(r, &dropped) || dropped > r->previous.len)) {
		return false;
	}
	struct str rest = str_skip(r->bytes, r->at);
	struct str name = str_first(rest, str_find_char(rest, '\0'));
	if (name.len == rest.len || name.len > PATH_BYTES_MAX) {
		return false;
	}
	r->at += name.len + 1;
	struct buf path = { .arena = r->arena };
	buf_add(&path, str_first(r->previous, r->previous.len - dropped));
	buf_add(&path, name);
	*ret_path = buf_str(&path);
	return true;
}

static bool
read_entry(struct reader *r)
{
	size_t start = r->at, fixed = STAT_BYTES + r->hash_bytes + 2;
	struct str path;
	if (!has(r, fixed + 2)) {
		return false;
	}
	bool extended = number_at(r, start + fixed - 2, 2) & FLAG_EXTENDED;
	r->at += fixed + (extended ? 2 : 0);
	size_t path_at = r->at;
	if ((extended && r->version < 3) || !read_path(r, &path)) {
		return false;
	}
	if (r->version < 4) { /* one to eight NULs, up to a multiple of eight */
		size_t used = path_at + path.len - start;
		r->at = start + used + (ALIGN - used % ALIGN);
	}
	/* Stages of a conflict repeat a path; anything else that is out of order is not an index. */
	if (r->at > r->bytes.len || str_cmp(r->previous, path) > 0) {
		return false;
	}
	r->previous = path;
	if (path.len > 0) {
		map_put(r->arena, r->paths, path, r->paths);
	}
	r->nameless |= path.len == 0;
	return true;
}

static struct str
hex(struct arena *arena, struct str bytes)
{
	struct buf out = { .arena = arena };
	unsigned any = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		any |= (unsigned char)bytes.ptr[i];
		buf_addf(&out, "%02x", (unsigned char)bytes.ptr[i]);
	}
	return any ? buf_str(&out) : STR("");
}

/* Extensions up to the checksum; "link" is that of a split index. */
static bool
read_extensions(struct reader *r, struct str *ret_shared)
{
	*ret_shared = STR("");
	while (has(r, r->hash_bytes + 1)) {
		if (!has(r, 8 + r->hash_bytes)) {
			return false;
		}
		struct str signature = { r->bytes.ptr + r->at, 4 };
		size_t size = number_at(r, r->at + 4, 4);
		r->at += 8;
		if (!has(r, size + r->hash_bytes)) {
			return false;
		}
		if (str_eq(signature, STR("link")) && size >= r->hash_bytes) {
			*ret_shared = hex(r->arena, (struct str){ r->bytes.ptr + r->at, r->hash_bytes });
		}
		r->at += size;
	}
	return r->bytes.len - r->at == r->hash_bytes && (!r->nameless || ret_shared->len > 0);
}

static bool
read_all(struct reader *r, struct str *ret_shared)
{
	for (uint32_t i = 0; i < r->count; i++) {
		if (!read_entry(r)) {
			return false;
		}
	}
	return read_extensions(r, ret_shared);
}

bool
gitindex_read(struct arena *arena, struct str bytes, struct map *paths, struct str *ret_shared)
{
	struct reader reader = { .arena = arena, .bytes = bytes, .paths = paths };
	if (!str_starts(bytes, STR("DIRC")) || bytes.len < HEADER_BYTES) {
		return false;
	}
	reader.version = number_at(&reader, 4, 4);
	reader.count = number_at(&reader, 8, 4);
	if (reader.version < 2 || reader.version > 4) {
		return false;
	}
	/* Only .git/config says which hash it is; the wrong one does not come out even. */
	static const size_t hashes[] = { SHA1_BYTES, SHA256_BYTES };
	for (size_t i = 0; i < countof(hashes); i++) {
		struct reader attempt = reader;
		attempt.at = HEADER_BYTES;
		attempt.hash_bytes = hashes[i];
		if (read_all(&attempt, ret_shared)) {
			return true;
		}
	}
	return false;
}
