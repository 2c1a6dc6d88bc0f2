#!/usr/bin/env python3
"""The reference for `PyTorchAgreementTests.swift`: ten steps of the `dcgan28` workload in PyTorch.

Run with PyTorch (2.x, CPU, one thread) and paste what it prints into the test:

    python3 dcgan28.py 2e-4
    python3 dcgan28.py 2e-5

The number is the learning rate. It runs in double precision: at 2e-4, ten steps of this game multiply a rounding error by
a thousand, in PyTorch's own float32 (`dcgan28.py 2e-4 float32`) as in anyone's. At 2e-5 they do not.
"""
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
import hashed

torch.set_num_threads(1)
torch.set_default_dtype(torch.float32 if 'float32' in sys.argv else torch.float64)
BATCH = 64


def numbers(*arguments):
    return hashed.numbers(*arguments).to(torch.get_default_dtype())


def layer(kind, inputs, outputs, size, stride, padding, seed):
    result = kind(inputs, outputs, size, stride, padding, bias=False)
    # The engine stores [size, size, the image's side, the features' side].
    sides = (outputs, inputs) if kind is nn.ConvTranspose2d else (inputs, outputs)
    with torch.no_grad():
        result.weight.copy_((numbers(seed, size, size, *sides) * 0.07).permute(3, 2, 0, 1))
    return result


up, down = nn.ConvTranspose2d, nn.Conv2d
g = nn.Sequential(
    layer(up, 100, 128, 7, 1, 0, 100), nn.BatchNorm2d(128), nn.ReLU(),
    layer(up, 128, 64, 4, 2, 1, 101), nn.BatchNorm2d(64), nn.ReLU(), layer(up, 64, 1, 4, 2, 1, 102), nn.Tanh())
d = nn.Sequential(
    layer(down, 1, 64, 4, 2, 1, 200), nn.LeakyReLU(0.2),
    layer(down, 64, 128, 4, 2, 1, 201), nn.BatchNorm2d(128), nn.LeakyReLU(0.2), layer(down, 128, 1, 7, 1, 0, 202))
adam = dict(lr=float(sys.argv[1]), betas=(0.5, 0.999))
g_optimiser, d_optimiser = torch.optim.Adam(g.parameters(), **adam), torch.optim.Adam(d.parameters(), **adam)
ones, zeros = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)


def bce(x, target):
    return F.binary_cross_entropy_with_logits(d(x).reshape(BATCH, 1), target)


for step in range(10):
    real = numbers(1000 + 10 * step, BATCH, 28, 28, 1).permute(0, 3, 1, 2)
    with torch.no_grad():
        fake = g(numbers(1001 + 10 * step, BATCH, 100, 1, 1))
    d_loss = bce(real, ones) + bce(fake, zeros)
    d_optimiser.zero_grad()
    d_loss.backward()
    d_optimiser.step()
    g_loss = bce(g(numbers(1002 + 10 * step, BATCH, 100, 1, 1)), ones)
    g_optimiser.zero_grad()
    g_loss.backward()
    g_optimiser.step()
    print(f'    ({d_loss.item():.8f}, {g_loss.item():.8f}),')
norm = next(m for m in d if isinstance(m, nn.BatchNorm2d))
print(f'# running mean of D\'s first channel {norm.running_mean[0].item():.8f}')
print('#', torch.__version__)
