/* libzstd as Swift sees it; its stable interface needs no help. */
#ifndef SOFTBOUNCE_CZSTD_SHIM_H
#define SOFTBOUNCE_CZSTD_SHIM_H

#include <zstd.h>
#include <zstd_errors.h>

#endif
