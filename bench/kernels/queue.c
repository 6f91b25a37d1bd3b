/*
 * Pointer chasing as socket code does it: packets on a doubly linked list whose head lives on the stack, reached only
 * through a table of three functions. Returns a sum over the lengths in the order they left the queue.
 */
struct packet {
	struct packet *next;
	struct packet *prev;
	unsigned int len;
	unsigned int priority;
};

struct packet_queue {
	struct packet *next;
	struct packet *prev;
	unsigned int qlen;
};

struct queue_ops {
	void (*enqueue)(struct packet_queue *queue, struct packet *packet);
	struct packet *(*dequeue)(struct packet_queue *queue);
	unsigned int (*weigh)(const struct packet *packet);
};

#define PACKETS 64

static struct packet pool[PACKETS];

static void tail_enqueue(struct packet_queue *queue, struct packet *packet)
{
	struct packet *last = queue->prev;

	packet->next = (struct packet *) queue;
	packet->prev = last;
	last->next = packet;
	queue->prev = packet;
	queue->qlen++;
}

static struct packet *head_dequeue(struct packet_queue *queue)
{
	struct packet *first = queue->next;

	if (first == (struct packet *) queue)
		return 0;
	queue->next = first->next;
	first->next->prev = (struct packet *) queue;
	first->next = 0;
	first->prev = 0;
	queue->qlen--;
	return first;
}

static unsigned int length_and_priority(const struct packet *packet)
{
	unsigned int weight = packet->len;

	if (packet->priority > 3)
		weight += 14;
	return weight;
}

static struct queue_ops fifo = { tail_enqueue, head_dequeue, length_and_priority };

unsigned int bench_run(unsigned int rounds)
{
	struct packet_queue queue;
	struct queue_ops *ops = &fifo;
	unsigned int sum = 0;

	queue.next = queue.prev = (struct packet *) &queue;
	queue.qlen = 0;
	while (rounds > 0) {
		struct packet *packet;
		int i;

		for (i = 0; i < PACKETS; i++) {
			pool[i].len = 40 + (i * 7 + rounds) % 1460;
			pool[i].priority = i & 7;
			ops->enqueue(&queue, &pool[i]);
		}
		while ((packet = ops->dequeue(&queue)) != 0)
			sum = sum * 31 + ops->weigh(packet);
		rounds--;
	}
	return sum + queue.qlen;
}
