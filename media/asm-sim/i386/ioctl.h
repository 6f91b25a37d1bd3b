/* How a request of ioctl is made up: direction, size of what it hands over, whose it is, which one. For trees without headers of the i386. */
#ifndef _SIM_I386_IOCTL_H
#define _SIM_I386_IOCTL_H
#define _IOC(direction, type, number, size) (((direction) << 30) | ((size) << 16) | ((type) << 8) | (number))
#define _IOC_NONE 0U
#define _IOC_WRITE 1U
#define _IOC_READ 2U
#define _IO(type, number) _IOC(_IOC_NONE, (type), (number), 0)
#define _IOR(type, number, what) _IOC(_IOC_READ, (type), (number), sizeof(what))
#define _IOW(type, number, what) _IOC(_IOC_WRITE, (type), (number), sizeof(what))
#define _IOWR(type, number, what) _IOC(_IOC_READ | _IOC_WRITE, (type), (number), sizeof(what))
#define _IOC_DIR(request) (((request) >> 30) & 3)
#define _IOC_SIZE(request) (((request) >> 16) & 0x3fff)
#define _IOC_TYPE(request) (((request) >> 8) & 0xff)
#define _IOC_NR(request) ((request) & 0xff)
#endif
