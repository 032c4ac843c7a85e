/* libbz2 as Swift sees it; its interface needs no help. */
#ifndef SOFTBOUNCE_CBZIP2_SHIM_H
#define SOFTBOUNCE_CBZIP2_SHIM_H

#include <bzlib.h>

#endif
