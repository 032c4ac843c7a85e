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

/* Vectors: what the compiler makes of Swift's own moves bytes to and fro between registers. */
typedef unsigned char softbounce_bytes16 __attribute__((vector_size(16), aligned(1), may_alias));
typedef _Bool softbounce_bits16 __attribute__((ext_vector_type(16)));
typedef unsigned char softbounce_bytes64 __attribute__((vector_size(64), aligned(1), may_alias));
typedef _Bool softbounce_bits64 __attribute__((ext_vector_type(64)));

static inline uint64_t softbounce_mask64(softbounce_bits64 bits) {
  uint64_t mask;
  __builtin_memcpy(&mask, &bits, sizeof mask);
  return mask;
}

/* Which of the 64 bytes at `place` are `byte`: the first is the lowest bit. */
static inline uint64_t softbounce_equal64(const void *place, unsigned char byte) {
  const softbounce_bytes64 bytes = *(const softbounce_bytes64 *)place;
  return softbounce_mask64(__builtin_convertvector(bytes == byte, softbounce_bits64));
}

/* Which of the 64 bytes at `place` are digits, and which are letters of ASCII or digits. */
static inline uint64_t softbounce_digits64(const void *place) {
  const softbounce_bytes64 bytes = *(const softbounce_bytes64 *)place;
  return softbounce_mask64(__builtin_convertvector(bytes - 0x30 <= 9, softbounce_bits64));
}
static inline uint64_t softbounce_alphanumerics64(const void *place) {
  const softbounce_bytes64 bytes = *(const softbounce_bytes64 *)place;
  return softbounce_mask64(
      __builtin_convertvector((bytes - 0x30 <= 9) | ((bytes | 0x20) - 0x61 <= 25), softbounce_bits64));
}

/* Which of the 16 bytes at `place` are `byte`, and which are none of the `span` + 1 from `lowest` on. */
static inline unsigned softbounce_mask16(softbounce_bits16 bits) {
  uint16_t mask;
  __builtin_memcpy(&mask, &bits, sizeof mask);
  return mask;
}
static inline unsigned softbounce_equal16(const void *place, unsigned char byte) {
  const softbounce_bytes16 bytes = *(const softbounce_bytes16 *)place;
  return softbounce_mask16(__builtin_convertvector(bytes == byte, softbounce_bits16));
}
static inline unsigned softbounce_outside16(const void *place, unsigned char lowest, unsigned char span) {
  const softbounce_bytes16 bytes = *(const softbounce_bytes16 *)place;
  return softbounce_mask16(__builtin_convertvector(bytes - lowest > span, softbounce_bits16));
}

/* Which of 16 bytes JSON does not hold as they are: control bytes, quotes, backslashes, DEL and all that are not ASCII.
   The first is the lowest bit. */
static inline unsigned softbounce_escaped16(softbounce_bytes16 bytes) {
  return softbounce_mask16(
      __builtin_convertvector((bytes - 0x20 > 0x5E) | (bytes == 0x22) | (bytes == 0x5C), softbounce_bits16));
}

/* Copies 16 bytes and tells which of them JSON does not hold as they are. */
static inline unsigned softbounce_copy16(void *target, const void *source) {
  const softbounce_bytes16 bytes = *(const softbounce_bytes16 *)source;
  *(softbounce_bytes16 *)target = bytes;
  return softbounce_escaped16(bytes);
}

/* Copies 8 to 16 bytes and tells whether there are some that JSON does not hold as they are. */
static inline unsigned softbounce_copy8to16(void *target, const void *source, size_t count) {
  uint64_t words[2];
  __builtin_memcpy(&words[0], source, 8);
  __builtin_memcpy(&words[1], (const char *)source + count - 8, 8);
  __builtin_memcpy(target, &words[0], 8);
  __builtin_memcpy((char *)target + count - 8, &words[1], 8);
  softbounce_bytes16 bytes;
  __builtin_memcpy(&bytes, words, sizeof bytes);
  return softbounce_escaped16(bytes);
}

#endif
