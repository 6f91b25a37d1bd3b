/* SockScope's own C under Linux's names, not Linux's source. */ /* Memory for kernel objects. All five are services. */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/types.h>

typedef struct kmem_cache_s kmem_cache_t;

/* How urgent is it? In Linux these stand in linux/mm.h. */
#define __GFP_WAIT	0x01		/* may sleep while memory is found */
#define __GFP_HIGH	0x02		/* may use the last pages */
#define __GFP_IO	0x04		/* may write something out to get room */

#define GFP_ATOMIC	__GFP_HIGH
#define GFP_KERNEL	(__GFP_HIGH | __GFP_WAIT | __GFP_IO)
#define SLAB_ATOMIC	GFP_ATOMIC
#define SLAB_KERNEL	GFP_KERNEL

#define SLAB_HWCACHE_ALIGN	0x00002000UL

extern void *kmalloc(size_t size, int flags);
extern void kfree(const void *objp);

/* A cache hands out objects of one size; name is what statistics show. */
extern kmem_cache_t *kmem_cache_create(const char *name, size_t size,
	size_t offset, unsigned long flags,
	void (*ctor)(void *, kmem_cache_t *, unsigned long),
	void (*dtor)(void *, kmem_cache_t *, unsigned long));
extern void *kmem_cache_alloc(kmem_cache_t *cachep, int flags);
extern void kmem_cache_free(kmem_cache_t *cachep, void *objp);

#endif
