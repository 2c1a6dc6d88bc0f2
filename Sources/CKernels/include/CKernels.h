// Vector loops in C, portable by `target_clones`, and the team of threads that runs them.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "ck_bf16.h"
#include "ck_convolution.h"
#include "ck_fused.h"
#include "ck_matmul.h"
#include "ck_moves.h"
#include "ck_optimiser.h"
#include "ck_peak.h"
#include "ck_random.h"
#include "ck_workers.h"

#endif
