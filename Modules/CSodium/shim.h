/* libsodium as Swift sees it; its stable interface needs no help. */
#ifndef SOFTBOUNCE_CSODIUM_SHIM_H
#define SOFTBOUNCE_CSODIUM_SHIM_H

#include <sodium.h>

#endif
