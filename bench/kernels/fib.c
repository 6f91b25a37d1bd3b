/* Fibonacci numbers by double recursion: nothing but calls. The argument is the index, not a count of rounds. */
static unsigned int fib(unsigned int n)
{
	if (n < 2)
		return n;
	return fib(n - 1) + fib(n - 2);
}

unsigned int bench_run(unsigned int n)
{
	return fib(n);
}
