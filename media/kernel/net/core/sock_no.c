/* SockScope's own C under Linux's names, not Linux's source.
 * Entries for operations that a socket type does not offer.
 * In Linux 2.4 these are in net/core/sock.c.
 */
#include <linux/errno.h>
#include <net/sock.h>

int sock_no_listen(struct socket *sock, int backlog)
{
	return -EOPNOTSUPP;
}

int sock_no_accept(struct socket *sock, struct socket *newsock, int flags)
{
	return -EOPNOTSUPP;
}

int sock_no_socketpair(struct socket *sock1, struct socket *sock2)
{
	return -EOPNOTSUPP;
}
