#!/usr/bin/env python3
"""The reference for `PyTorchConventionTests.swift`: where PyTorch puts pixels and channels, what it does at borders.

Run with PyTorch (2.x, CPU) and paste what it prints into the test:

    python3 images.py

Every line is an operation's result, then the gradient of its sum weighted by `numbers(2)`; all of them [N, H, W, C], flat.
"""
import torch
import torch.nn.functional as F
from hashed import numbers


def show(name, shape, function):
    """`shape` is [N, H, W, C], as the engine has it."""
    x = numbers(1, *shape).double().requires_grad_()
    y = function(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
    (y * numbers(2, *y.shape)).sum().backward()
    print(f'  static let {name} = Reference(')
    for label, values in (('result', y), ('gradient', x.grad)):
        text = ', '.join(f'{value:.6g}' for value in values.flatten().tolist())
        print(f'    {label}: [{text}]' + (',' if label == 'result' else ')'))


show('maximumPool', (1, 3, 5, 2), lambda x: F.max_pool2d(x - 2, 3, 2, 1))
show('averagePool', (1, 3, 5, 2), lambda x: F.avg_pool2d(x, 3, 2, 1))
show('averagePoolOfImage', (1, 3, 5, 2), lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False))
show('nearest', (1, 2, 3, 1), lambda x: F.interpolate(x, scale_factor=2, mode='nearest'))
show('bilinear', (1, 2, 3, 1), lambda x: F.interpolate(x, scale_factor=2, mode='bilinear', align_corners=False))
show('pixelShuffle', (1, 1, 2, 8), lambda x: F.pixel_shuffle(x, 2))
show('pixelUnshuffle', (1, 2, 4, 2), lambda x: F.pixel_unshuffle(x, 2))
show('instanceNorm', (2, 2, 2, 2), F.instance_norm)
print('#', torch.__version__)
