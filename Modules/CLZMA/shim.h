/* liblzma as Swift sees it: an empty stream is a macro. */
#ifndef SOFTBOUNCE_CLZMA_SHIM_H
#define SOFTBOUNCE_CLZMA_SHIM_H

#include <lzma.h>

static inline lzma_stream softbounce_lzma_stream(void) {
  lzma_stream stream = LZMA_STREAM_INIT;
  return stream;
}

#endif
