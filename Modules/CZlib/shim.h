/* zlib as Swift sees it: its initialiser is a macro. */
#ifndef SOFTBOUNCE_CZLIB_SHIM_H
#define SOFTBOUNCE_CZLIB_SHIM_H

#include <zlib.h>

/* Begins to unpack one gzip member (RFC 1952). */
static inline int softbounce_gunzip_init(z_stream *stream) {
  return inflateInit2(stream, 16 + MAX_WBITS);
}

#endif
