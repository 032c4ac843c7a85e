/* Headers of glibc that Swift's Glibc module leaves out. */
#ifndef SOFTBOUNCE_CLINUX_SHIM_H
#define SOFTBOUNCE_CLINUX_SHIM_H

#include <fcntl.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>

/* GNU extensions of <string.h>, which glibc declares under _GNU_SOURCE only. */
extern void *memmem(const void *haystack, size_t haystacklen, const void *needle, size_t needlelen);
extern void *memrchr(const void *s, int c, size_t n);

/* GNU extension of <unistd.h>. */
extern int pipe2(int pipefd[2], int flags);

/* O_DIRECT, a GNU extension of <fcntl.h> whose value differs between processors. */
static const int softbounce_open_direct = __O_DIRECT;

/* Builtins of the compiler. */
static inline void softbounce_prefetch(const void *place) { __builtin_prefetch(place); }

#include "vectors.h"

#endif
