"""What the reference runs share: numbers made of one integer hash, the same here and in the tests, so that nothing but
arithmetic can differ."""
import numpy as np
import torch


def numbers(seed, *shape):
    """Floats in [-1, 1): the upper 24 bits of a 32-bit mix of (seed, index)."""
    n = int(np.prod(shape))
    with np.errstate(over='ignore'):
        x = np.arange(n, dtype=np.uint32) + np.uint32(seed * 0x9E3779B9 & 0xFFFFFFFF)
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x7FEB352D)
        x ^= x >> np.uint32(15)
        x *= np.uint32(0x846CA68B)
        x ^= x >> np.uint32(16)
    return torch.from_numpy(((x >> np.uint32(8)).astype(np.float64) * 2.0**-23 - 1).astype(np.float32).reshape(shape))
