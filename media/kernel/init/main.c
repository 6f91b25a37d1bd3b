/* SockScope's own C under Linux's names, not Linux's source. */ /* At start. */
#include <linux/net.h>
#include <linux/sockscope.h>
#include <net/inet_common.h>

/* The socket layer first, then the family that registers with it. */
void sockscope_boot(void)
{
	sock_init();
	inet_init();
}
