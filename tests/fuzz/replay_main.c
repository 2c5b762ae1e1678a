/* Runs a fuzz target over the files named: seeds and past crashes, in every build, without a fuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_BYTES_MAX = 1 << 20 };

int
main(int argc, char **argv)
{
	static uint8_t input[INPUT_BYTES_MAX];
	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		if (!file) {
			perror(argv[i]);
			return 2;
		}
		size_t size = fread(input, 1, sizeof(input), file);
		(void)fclose(file);
		(void)LLVMFuzzerTestOneInput(input, size);
	}
	printf("%d inputs replayed\n", argc - 1);
	return 0;
}
