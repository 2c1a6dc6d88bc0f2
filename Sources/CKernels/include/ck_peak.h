// What a core could do if it did nothing but multiply and add: the scale on which kernels are judged.
#ifndef CK_PEAK_H
#define CK_PEAK_H

/// Multiplies and adds single-precision numbers that never leave the registers; returns the operations done.
double ck_peak_single(long rounds);

#endif
