/* libidn2: internationalized domain names (IDNA2008, UTS 46). */
#ifndef SOFTBOUNCE_CIDN2_SHIM_H
#define SOFTBOUNCE_CIDN2_SHIM_H

#include <idn2.h>

#endif
