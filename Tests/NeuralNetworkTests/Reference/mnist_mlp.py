#!/usr/bin/env python3
"""The reference for `PyTorchAgreementTests.swift`: ten steps of the `mnist-mlp` workload in PyTorch.

Run with PyTorch (2.x, CPU, one thread, float32) and paste what it prints into the test:

    python3 mnist_mlp.py
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from hashed import numbers

torch.set_num_threads(1)
BATCH = 128


def dense(inputs, outputs, seed):
    layer = nn.Linear(inputs, outputs)
    bound = torch.tensor(1 / np.sqrt(np.float32(inputs)), dtype=torch.float32)
    with torch.no_grad():
        layer.weight.copy_((numbers(seed, inputs, outputs) * bound).T)  # the engine stores [inputs, outputs]
        layer.bias.copy_(numbers(seed + 1, outputs) * bound)
    return layer


def network(widths, normalised, last, seed):
    layers = []
    for i, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layers.append(dense(inputs, outputs, seed + 2 * i))
        if normalised[i]:
            layers.append(nn.BatchNorm1d(outputs, 0.8))
        layers.append(nn.LeakyReLU(0.2) if i + 2 < len(widths) else last)
    return nn.Sequential(*layers)


g = network([100, 128, 256, 512, 1024, 784], [0, 1, 1, 1, 0], nn.Tanh(), 100)
d = network([784, 512, 256, 1], [0, 0, 0], nn.Identity(), 200)
adam = dict(lr=2e-4, betas=(0.5, 0.999))
g_optimiser, d_optimiser = torch.optim.Adam(g.parameters(), **adam), torch.optim.Adam(d.parameters(), **adam)
ones, zeros = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
bce = F.binary_cross_entropy_with_logits

for step in range(10):
    real = numbers(1000 + 10 * step, BATCH, 784)
    with torch.no_grad():
        fake = g(numbers(1001 + 10 * step, BATCH, 100))
    logits = d(torch.cat([real, fake]))
    d_loss = bce(logits[:BATCH], ones) + bce(logits[BATCH:], zeros)
    d_optimiser.zero_grad()
    d_loss.backward()
    d_optimiser.step()
    g_loss = bce(d(g(numbers(1002 + 10 * step, BATCH, 100))), ones)
    g_optimiser.zero_grad()
    g_loss.backward()
    g_optimiser.step()
    print(f'    ({d_loss.item():.8f}, {g_loss.item():.8f}),')
print('#', torch.__version__)
