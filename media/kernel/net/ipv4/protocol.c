/* SockScope's own C under Linux's names, not Linux's source. */ /* The protocols above IP, hashed by number. */
#include <linux/types.h>
#include <linux/in.h>
#include <net/icmp.h>
#include <net/protocol.h>
#include <net/tcp.h>
#include <net/udp.h>

struct inet_protocol *inet_protos[MAX_INET_PROTOS];

static struct inet_protocol tcp_protocol = {
	handler:	tcp_v4_rcv,
	err_handler:	tcp_v4_err,
	protocol:	IPPROTO_TCP,
	name:		"TCP"
};

static struct inet_protocol udp_protocol = {
	handler:	udp_rcv,
	err_handler:	udp_err,
	protocol:	IPPROTO_UDP,
	name:		"UDP"
};

static struct inet_protocol icmp_protocol = {
	handler:	icmp_rcv,
	protocol:	IPPROTO_ICMP,
	name:		"ICMP"
};

void inet_add_protocol(struct inet_protocol *prot)
{
	int hash = prot->protocol & (MAX_INET_PROTOS - 1);

	prot->copy = 0;
	prot->next = inet_protos[hash];
	inet_protos[hash] = prot;
}

void __init ip_init(void)
{
	inet_add_protocol(&icmp_protocol);
	inet_add_protocol(&udp_protocol);
	inet_add_protocol(&tcp_protocol);
	ip_rt_init();
}
