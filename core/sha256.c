#include "sha256.h"

enum { BLOCK_BYTES = 64, WORDS = 8, ROUNDS = 64, LENGTH_BYTES = 8 };

static const uint32_t constants[ROUNDS] = {
	0x428a2f98,
	0x71374491,
	0xb5c0fbcf,
	0xe9b5dba5,
	0x3956c25b,
	0x59f111f1,
	0x923f82a4,
	0xab1c5ed5,
	0xd807aa98,
	0x12835b01,
	0x243185be,
	0x550c7dc3,
	0x72be5d74,
	0x80deb1fe,
	0x9bdc06a7,
	0xc19bf174,
	0xe49b69c1,
	0xefbe4786,
	0x0fc19dc6,
	0x240ca1cc,
	0x2de92c6f,
	0x4a7484aa,
	0x5cb0a9dc,
	0x76f988da,
	0x983e5152,
	0xa831c66d,
	0xb00327c8,
	0xbf597fc7,
	0xc6e00bf3,
	0xd5a79147,
	0x06ca6351,
	0x14292967,
	0x27b70a85,
	0x2e1b2138,
	0x4d2c6dfc,
	0x53380d13,
	0x650a7354,
	0x766a0abb,
	0x81c2c92e,
	0x92722c85,
	0xa2bfe8a1,
	0xa81a664b,
	0xc24b8b70,
	0xc76c51a3,
	0xd192e819,
	0xd6990624,
	0xf40e3585,
	0x106aa070,
	0x19a4c116,
	0x1e376c08,
	0x2748774c,
	0x34b0bcb5,
	0x391c0cb3,
	0x4ed8aa4a,
	0x5b9cca4f,
	0x682e6ff3,
	0x748f82ee,
	0x78a5636f,
	0x84c87814,
	0x8cc70208,
	0x90befffa,
	0xa4506ceb,
	0xbef9a3f7,
	0xc67178f2,
};

static uint32_t
rotate(uint32_t x, unsigned n)
{
	return (x >> n) | (uint32_t)(((uint64_t)x << (32 - n)) & 0xffffffffU);
}

static void
schedule(const unsigned char block[BLOCK_BYTES], uint32_t w[ROUNDS])
{
	for (size_t i = 0; i < 16; i++) {
		const unsigned char *b = block + 4 * i;
		w[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	}
	for (size_t i = 16; i < ROUNDS; i++) {
		uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
		uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
		w[i] = (uint32_t)((uint64_t)w[i - 16] + a + w[i - 7] + b);
	}
}

static void
take_block(uint32_t state[WORDS], const unsigned char block[BLOCK_BYTES])
{
	uint32_t w[ROUNDS], s[WORDS];
	schedule(block, w);
	for (size_t i = 0; i < WORDS; i++) {
		s[i] = state[i];
	}
	for (size_t i = 0; i < ROUNDS; i++) {
		uint32_t e = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
		uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
		uint64_t one = (uint64_t)s[7] + e + choice + constants[i] + w[i];
		uint32_t a = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
		uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
		uint64_t two = (uint64_t)a + majority;
		memmove(&s[1], &s[0], (WORDS - 1) * sizeof(s[0]));
		s[4] = (uint32_t)(s[4] + one);
		s[0] = (uint32_t)(one + two);
	}
	for (size_t i = 0; i < WORDS; i++) {
		state[i] = (uint32_t)((uint64_t)state[i] + s[i]);
	}
}

void
sha256(struct str text, unsigned char ret_digest[SHA256_BYTES])
{
	uint32_t state[WORDS] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
		0x1f83d9ab, 0x5be0cd19 };
	unsigned char block[BLOCK_BYTES];
	size_t at = 0;
	for (; at + BLOCK_BYTES <= text.len; at += BLOCK_BYTES) {
		take_block(state, (const unsigned char *)text.ptr + at);
	}
	size_t rest = text.len - at;
	memset(block, 0, sizeof(block));
	if (rest > 0) {
		memcpy(block, text.ptr + at, rest);
	}
	block[rest] = 0x80;
	if (rest + 1 + LENGTH_BYTES > BLOCK_BYTES) {
		take_block(state, block);
		memset(block, 0, sizeof(block));
	}
	uint64_t bits = (uint64_t)text.len * 8;
	for (size_t i = 0; i < LENGTH_BYTES; i++) {
		block[BLOCK_BYTES - 1 - i] = (unsigned char)(bits >> (8 * i) & 0xffU);
	}
	take_block(state, block);
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		ret_digest[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)) & 0xffU);
	}
}
