/* The sieve of Eratosthenes over 16 K bytes: array indexing and nested loops. Returns primes found, over all rounds. */
#define LIMIT 16384

static unsigned char composite[LIMIT];

unsigned int bench_run(unsigned int rounds)
{
	unsigned int found = 0;

	while (rounds > 0) {
		unsigned int n;
		unsigned int multiple;

		for (n = 0; n < LIMIT; n++)
			composite[n] = 0;
		for (n = 2; n < LIMIT; n++) {
			if (composite[n])
				continue;
			found++;
			for (multiple = n + n; multiple < LIMIT; multiple += n)
				composite[multiple] = 1;
		}
		rounds--;
	}
	return found;
}
