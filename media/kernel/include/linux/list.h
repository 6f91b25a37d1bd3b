/* SockScope's own C under Linux's names, not Linux's source. */ /* Circular, doubly linked lists whose links are embedded in their members. */
#ifndef _LINUX_LIST_H
#define _LINUX_LIST_H

struct list_head {
	struct list_head *next, *prev;
};

#define LIST_HEAD_INIT(name)	{ &(name), &(name) }

/* The structure that contains the link ptr under the name member. */
#define list_entry(ptr, type, member) \
	((type *)((char *)(ptr) - (unsigned long)(&((type *)0)->member)))

static inline void INIT_LIST_HEAD(struct list_head *head)
{
	head->prev = head;
	head->next = head;
}

static inline int list_empty(struct list_head *head)
{
	return head->next == head;
}

/* Puts entry right behind where, which may be the head or a member. */
static inline void list_add(struct list_head *entry, struct list_head *where)
{
	entry->next = where->next;
	entry->prev = where;
	entry->next->prev = entry;
	where->next = entry;
}

/* Puts entry right before where; before the head means at the end. */
static inline void list_add_tail(struct list_head *entry, struct list_head *where)
{
	list_add(entry, where->prev);
}

static inline void list_del(struct list_head *entry)
{
	entry->next->prev = entry->prev;
	entry->prev->next = entry->next;
}

#endif
