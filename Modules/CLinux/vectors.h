/* Several bytes looked at together. */
#ifndef SOFTBOUNCE_CLINUX_VECTORS_H
#define SOFTBOUNCE_CLINUX_VECTORS_H

#include <stddef.h>
#include <stdint.h>

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

static inline unsigned softbounce_mask16(softbounce_bits16 bits) {
  uint16_t mask;
  __builtin_memcpy(&mask, &bits, sizeof mask);
  return mask;
}

/* Which of the 16 bytes at `place` are `byte`, and which are none of the `span` + 1 from `lowest` on. */
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

/* The next two are compiled twice: for the x86-64 that Debian promises, and for what nearly all of them are. */
#if defined(__x86_64__)
#define SOFTBOUNCE_WIDE __attribute__((target("avx2,bmi")))
static inline _Bool softbounce_is_wide(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}
#else
#define SOFTBOUNCE_WIDE
static inline _Bool softbounce_is_wide(void) { return 0; }
#endif

/* Writes the places of the newlines in `length` bytes, at most 65,536, to `places`, which has room for as many, and
   returns how many there are. */
__attribute__((always_inline)) static inline size_t softbounce_newlines_any(
    const unsigned char *bytes, size_t length, uint16_t *places) {
  size_t found = 0;
  size_t at = 0;
  for (; at + 64 <= length; at += 64) {
    uint64_t mask = softbounce_equal64(bytes + at, 0x0A);
    /* Mostly there is one or none; without a branch, the place of none is overwritten. */
    places[found] = (uint16_t)(at + (size_t)__builtin_ctzll(mask | (uint64_t)1 << 63));
    found += mask != 0;
    mask &= mask - 1;
    while (__builtin_expect(mask != 0, 0)) {
      places[found++] = (uint16_t)(at + (size_t)__builtin_ctzll(mask));
      mask &= mask - 1;
    }
  }
  for (; at < length; at += 1) {
    if (bytes[at] == 0x0A) places[found++] = (uint16_t)at;
  }
  return found;
}
SOFTBOUNCE_WIDE static inline size_t softbounce_newlines_wide(
    const unsigned char *bytes, size_t length, uint16_t *places) {
  return softbounce_newlines_any(bytes, length, places);
}
static inline size_t softbounce_newlines(const unsigned char *bytes, size_t length, uint16_t *places) {
  return softbounce_is_wide() ? softbounce_newlines_wide(bytes, length, places)
                              : softbounce_newlines_any(bytes, length, places);
}

/* Notes in `digits` and `alphanumerics` which of `count` times 64 bytes are such; returns whether one is `sign`. */
__attribute__((always_inline)) static inline _Bool softbounce_marks_any(
    const unsigned char *bytes, size_t count, unsigned char sign, uint64_t *digits, uint64_t *alphanumerics) {
  uint64_t signs = 0;
  for (size_t index = 0; index < count; index += 1) {
    const unsigned char *place = bytes + index * 64;
    digits[index] = softbounce_digits64(place);
    alphanumerics[index] = softbounce_alphanumerics64(place);
    signs |= softbounce_equal64(place, sign);
  }
  return signs != 0;
}
SOFTBOUNCE_WIDE static inline _Bool softbounce_marks_wide(
    const unsigned char *bytes, size_t count, unsigned char sign, uint64_t *digits, uint64_t *alphanumerics) {
  return softbounce_marks_any(bytes, count, sign, digits, alphanumerics);
}
static inline _Bool softbounce_marks(
    const unsigned char *bytes, size_t count, unsigned char sign, uint64_t *digits, uint64_t *alphanumerics) {
  return softbounce_is_wide() ? softbounce_marks_wide(bytes, count, sign, digits, alphanumerics)
                              : softbounce_marks_any(bytes, count, sign, digits, alphanumerics);
}

#endif
