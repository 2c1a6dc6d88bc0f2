// Vector loops in C, portable by `target_clones`, and the team of threads that runs them.
#include "ck_fused.h"
#include "ck_moves.h"
#include "ck_workers.h"
