/* SockScope's own C under Linux's names, not Linux's source.
 * Directory entries. A socket has one without a directory: it only joins
 * struct file and struct inode.
 */
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>

/* A nameless parent is fine; the name is copied and may be cut off. */
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name)
{
	struct dentry *entry = kmalloc(sizeof(struct dentry), GFP_KERNEL);

	if (!entry)
		return NULL;
	memset(entry, 0, sizeof(*entry));
	strncpy((char *)entry->d_iname, (const char *)name->name, DNAME_INLINE_LEN - 1);
	entry->d_name.name = entry->d_iname;
	entry->d_name.len = name->len;
	entry->d_name.hash = name->hash;
	entry->d_parent = parent;
	atomic_set(&entry->d_count, 1);
	return entry;
}

/* The entry takes over the caller's reference to the inode. */
void d_instantiate(struct dentry *entry, struct inode *inode)
{
	entry->d_inode = inode;
}

void dput(struct dentry *entry)
{
	if (entry && atomic_dec_and_test(&entry->d_count)) {
		if (entry->d_inode)
			iput(entry->d_inode);
		kfree(entry);
	}
}
