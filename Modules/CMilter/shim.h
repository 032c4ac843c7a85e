/* libmilter as Swift sees it. Only what a module map can't carry stands here: variadic calls and macros with casts. */
#ifndef SOFTBOUNCE_CMILTER_SHIM_H
#define SOFTBOUNCE_CMILTER_SHIM_H

#include <libmilter/mfapi.h>

#endif
