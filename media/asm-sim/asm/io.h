/* Ports and device memory: there are no devices. */
#ifndef _SIM_IO_H
#define _SIM_IO_H
#include <asm/page.h>
#define inb(port) (0)
#define inw(port) (0)
#define inl(port) (0)
#define outb(value, port) do { } while (0)
#define outw(value, port) do { } while (0)
#define outl(value, port) do { } while (0)
#define virt_to_phys(address) ((unsigned long)(address))
#define phys_to_virt(address) ((void *)(unsigned long)(address))
#define virt_to_bus virt_to_phys
#define bus_to_virt phys_to_virt
#define memcpy_fromio(to, from, size) memcpy((to), (void *)(from), (size))
#define memcpy_toio(to, from, size) memcpy((void *)(to), (from), (size))
#define eth_io_copy_and_sum(skb, from, size, unused) memcpy((skb)->data, (void *)(from), (size))
#endif
