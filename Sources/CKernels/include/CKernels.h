// The kernels, as Swift sees them.

#ifndef CKERNELS_H
#define CKERNELS_H

#include "ck_matmul.h"
#include "ck_optimiser.h"
#include "ck_random.h"

#endif
