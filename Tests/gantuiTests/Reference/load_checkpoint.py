# The generator of a checkpoint, in PyTorch: what it makes of the same noise, against what gantui made of it.
# Usage: load_checkpoint.py EXPERIMENT CHECKPOINT.safetensors NOISE.npy SAMPLES.npy; prints the largest difference.
import sys

import numpy
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

experiment, checkpoint, noise, samples = sys.argv[1:]
tensors = load_file(checkpoint)
g = {name.removeprefix("generator."): value for name, value in tensors.items() if name.startswith("generator.")}
x = torch.from_numpy(numpy.load(noise))


def norm(x, name):
    return F.batch_norm(
        x, g[f"{name}.running_mean"], g[f"{name}.running_variance"], g[f"{name}.scale"], g[f"{name}.shift"])


def dense(x, name):
    return x @ g[f"{name}.weight"] + g[f"{name}.bias"]


def fractional(x, name, stride, padding):
    # [size, size, features, channels] there, [channels, features, size, size] in PyTorch.
    return F.conv_transpose2d(x, g[f"{name}.filter"].permute(3, 2, 0, 1), stride=stride, padding=padding)


if experiment == "toy":
    x = dense(torch.tanh(dense(torch.tanh(dense(x, "dense1")), "dense2")), "dense3")
elif experiment == "digits":
    for i in 1, 2, 3:
        x = F.leaky_relu(norm(dense(x, f"dense{i}"), f"norm{i}"), 0.2)
    x = torch.tanh(dense(x, "dense4")) * 0.5 + 0.5
elif experiment == "dcgan":
    x = F.relu(norm(fractional(x[:, :, None, None], "transposed1", 1, 0), "norm1"))
    x = F.relu(norm(fractional(x, "transposed2", 2, 1), "norm2"))
    x = torch.tanh(fractional(x, "transposed3", 2, 1)) * 0.5 + 0.5

theirs = torch.from_numpy(numpy.load(samples))
print(float((x.reshape(theirs.shape) - theirs).abs().max()))
