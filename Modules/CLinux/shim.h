/* Headers of glibc that Swift's Glibc module leaves out. */
#ifndef SOFTBOUNCE_CLINUX_SHIM_H
#define SOFTBOUNCE_CLINUX_SHIM_H

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

/* Builtins of the compiler. */
static inline void softbounce_prefetch(const void *place) { __builtin_prefetch(place); }

typedef unsigned char softbounce_bytes64 __attribute__((vector_size(64), aligned(1)));
typedef _Bool softbounce_bits64 __attribute__((ext_vector_type(64)));

/* Which of the 64 bytes at `place` are `byte`: the first is the lowest bit. */
static inline uint64_t softbounce_equal64(const void *place, unsigned char byte) {
  const softbounce_bytes64 bytes = *(const softbounce_bytes64 *)place;
  const softbounce_bits64 equal = __builtin_convertvector(bytes == byte, softbounce_bits64);
  uint64_t mask;
  __builtin_memcpy(&mask, &equal, sizeof mask);
  return mask;
}

#endif
