/* CRC-32 (reflected polynomial 0xEDB88320, as in RFC 1952), bit by bit: shifts, masks and a short inner loop. */
static unsigned char message[256];

static unsigned int crc32_of(const unsigned char *bytes, unsigned int count)
{
	unsigned int crc = 0xffffffffu;

	while (count > 0) {
		int bit;

		crc ^= *bytes;
		for (bit = 0; bit < 8; bit++) {
			if (crc & 1)
				crc = (crc >> 1) ^ 0xedb88320u;
			else
				crc >>= 1;
		}
		bytes++;
		count--;
	}
	return ~crc;
}

unsigned int bench_run(unsigned int rounds)
{
	unsigned int result = 0;
	unsigned int i;

	for (i = 0; i < sizeof(message); i++)
		message[i] = (unsigned char) (i * 37 + 11);
	while (rounds > 0) {
		message[rounds & 255] ^= (unsigned char) result;
		result ^= crc32_of(message, sizeof(message));
		rounds--;
	}
	return result;
}
